"""What breaks programs: texts made to be slow, records made to be read in two ways, requests made to get through."""
