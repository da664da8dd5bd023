# Makes the reference values of test_pool.py: Rscript tests/evidence/metafor.R > tests/evidence/metafor.csv
# (R with the package metafor, Debian: r-cran-metafor).
library(metafor)
sets <- list(
  alike   = list(x = c(9, 8, 12), n = c(17, 20, 25)),
  unlike  = list(x = c(9, 3, 34, 8), n = c(17, 12, 78, 9)),
  zero    = list(x = c(0, 4, 7, 2), n = c(6, 10, 9, 11)),
  full    = list(x = c(7, 27, 5, 16, 3), n = c(7, 28, 9, 16, 5)),
  many    = list(x = c(22, 5, 14, 40, 3, 9, 1), n = c(28, 17, 30, 48, 12, 11, 9))
)
cat("set,x,n,mean,low,high,tau_squared,i_squared,q\n")
for (name in names(sets)) {
  s <- sets[[name]]
  r <- rma(xi = s$x, ni = s$n, measure = "PLO", method = "DL", add = 1/2, to = "only0")
  p <- predict(r, transf = transf.ilogit)
  cat(sprintf("%s,%s,%s,%.6f,%.6f,%.6f,%.6f,%.6f,%.6f\n", name, paste(s$x, collapse = " "), paste(s$n, collapse = " "),
              p$pred, p$ci.lb, p$ci.ub, r$tau2, r$I2 / 100, r$QE))
}
