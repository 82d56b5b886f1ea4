# Partial areas under the ROC curve as R's pROC gives them, of the 113 patients of its data set aSAH, for tests/golden/partial_auroc.json:
#   Rscript tests/golden/partial_auroc.R            write the file (needs r-cran-proc)
#   Rscript tests/golden/partial_auroc.R --check    recompute and compare; exit 1 on a difference
# Areas depend on the order of the scores alone, so the file holds their ranks; pROC is asked of the scores and of the ranks.
suppressMessages(library(pROC))
data(aSAH)

file <- file.path(dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE))), "partial_auroc.json")
number <- function(x) format(x, digits = 15)
list_of <- function(x) paste0("[", paste(x, collapse = ", "), "]")
labels <- as.integer(aSAH$outcome == "Poor")

case <- function(name) {
  scores <- as.numeric(aSAH[[name]])
  ranks <- match(scores, sort(unique(scores)))
  area <- function(values, limit, corrected) {
    curve <- roc(labels, values, levels = c(0, 1), direction = "<", quiet = TRUE)
    as.numeric(auc(curve, partial.auc = c(1, 1 - limit), partial.auc.correct = corrected))
  }
  both <- function(limit, corrected) {
    stopifnot(abs(area(scores, limit, corrected) - area(ranks, limit, corrected)) < 1e-15)
    number(area(ranks, limit, corrected))
  }
  limits <- c(0.05, 0.1, 0.3)
  parts <- sapply(limits, function(m) paste0("\"", m, "\": {\"area\": ", both(m, FALSE), ", \"mcclish\": ", both(m, TRUE), "}"))
  paste0("  {\"name\": \"", name, "\", \"ranks\": ", list_of(ranks), ", \"labels\": ", list_of(labels),
         ",\n   \"partial\": {", paste(parts, collapse = ", "), "}}")
}

versions <- paste0("{\"R\": \"", getRversion(), "\", \"pROC\": \"", packageVersion("pROC"), "\"}")
text <- paste0("{\"versions\": ", versions, ", \"cases\": [\n", paste(sapply(c("wfns", "s100b", "ndka"), case), collapse = ",\n"), "\n]}\n")
if ("--check" %in% commandArgs()) {
  if (!identical(text, paste0(readChar(file, file.info(file)$size)))) stop("partial_auroc.json differs")
} else {
  cat(text, file = file)
}
