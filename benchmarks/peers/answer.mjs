// Who is found by question.cql in an export? Written as JSON: node answer.mjs EXPORT CODES OUTPUT
import { createReadStream, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import cql from 'cql-execution';
import fhir from 'cql-exec-fhir';

const ASKED = /^(Patient|Condition|Observation)\./;
const OWNER = /"subject":\{"reference":"Patient\/([^"]+)"/;

/** The lines of the resources that the question asks for, by patient: parsed only when their patient's turn comes. */
async function linesByPatient(folder) {
  const found = new Map();
  for (const name of readdirSync(folder).filter((one) => ASKED.test(one)).sort()) {
    for await (const line of createInterface({ input: createReadStream(join(folder, name)) })) {
      const owner = name.startsWith('Patient.') ? JSON.parse(line).id : OWNER.exec(line)[1];
      if (!found.has(owner)) found.set(owner, []);
      found.get(owner).push(line);
    }
  }
  return found;
}

const bundle = (lines) => ({
  resourceType: 'Bundle',
  type: 'collection',
  entry: lines.map((line) => ({ resource: JSON.parse(line) })),
});

const [export_, codes, output] = process.argv.slice(2);
const library = new cql.Library(JSON.parse(readFileSync(new URL('question.elm.json', import.meta.url))));
const service = new cql.CodeService({ 'urn:calcinosis:asked': { 1: JSON.parse(readFileSync(codes)) } });
const executor = new cql.Executor(library, service);
const source = fhir.PatientSource.FHIRv401(); // one for all: it reads the model of FHIR anew each time that it is made
const ids = [];
for (const lines of (await linesByPatient(export_)).values()) {
  source.reset();
  source.loadBundles([bundle(lines)]);
  const { patientResults } = await executor.exec_expression('Found', source);
  ids.push(...Object.keys(patientResults).filter((id) => patientResults[id].Found === true));
}
writeFileSync(output, JSON.stringify({ patients: ids.sort() }));
