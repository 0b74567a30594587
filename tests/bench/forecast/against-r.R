# against-r.R: forecasts of R's forecast package, and the comparison; called by against-r
# SPDX-License-Identifier: GPL-3.0-or-later
#
#   Rscript against-r.R forecast DATA OUT EVERY [SEASONS]      every EVERY-th yearly and quarterly series of
#       each set, half as many of the others (auto.arima takes ten seconds for one), all of teaching;
#       with SEASONS such as 4,52 only series of these season lengths
#   Rscript against-r.R score DATA R_FILE ENGINE_FILE
#
# A line of both files: set,id,season,method,processor seconds,forecasts …
# Measures are computed here for all of them, by definitions of their own (Makridakis, Spiliotis &
# Assimakopoulos 2020), so that they also check those of forecast-accuracy.

suppressMessages(library(forecast))
arguments <- commandArgs(trailingOnly = TRUE)
sets <- c("m3_even", "m1", "teaching", "orangejuice_even")

read_set <- function(folder, set) {
  table <- read.csv(gzfile(file.path(folder, paste0(set, ".csv.gz"))), colClasses = c(
    series_id = "character", start = "character"), stringsAsFactors = FALSE)
  ids <- unique(table$series_id)
  parts <- split(table, factor(table$series_id, levels = ids))
  lapply(parts, function(part) list(set = set, id = part$series_id[1], m = part$frequency[1],
    h = part$horizon[1], y = part$value[part$split == "train"],
    actual = part$value[part$split == "test"]))
}

# Weekly series: R's ets knows no season of 52, and auto.arima with one takes minutes a series.
fits <- list(
  ets = function(y, h) forecast(ets(y), h = h, PI = FALSE)$mean,
  auto.arima = function(y, h) forecast(auto.arima(y, seasonal = frequency(y) <= 24), h = h)$mean,
  thetaf = function(y, h) thetaf(y, h = h)$mean
)

make_forecasts <- function(folder, out, every, seasons = NULL) {
  for (set in sets) {
    all <- read_set(folder, set)
    seen <- list()
    for (s in all) {
      key <- as.character(s$m)
      if (!is.null(seasons) && !(key %in% seasons)) next
      seen[[key]] <- if (is.null(seen[[key]])) 1 else seen[[key]] + 1
      step <- if (s$m > 4) 2 * every else every
      if (set != "teaching" && seen[[key]] %% step != 0) next
      y <- na.interp(ts(s$y, frequency = s$m))
      for (method in names(fits)) {
        start <- proc.time()
        mean <- tryCatch(suppressWarnings(fits[[method]](y, s$h)), error = function(e) rep(tail(y, 1), s$h))
        spent <- sum((proc.time() - start)[1:2])
        cat(set, s$id, s$m, method, spent, formatC(as.numeric(mean), digits = 10, format = "g", width = 1),
            sep = ",", file = out, append = TRUE)
        cat("\n", file = out, append = TRUE)
      }
    }
  }
}

naive2 <- function(y, m, h) {
  n <- length(y)
  if (m > 1 && n >= 3 * m) {
    r <- acf(y, plot = FALSE, lag.max = m)$acf[-1]
    if (abs(r[m]) > 1.645 * sqrt((1 + 2 * sum(r[seq_len(m - 1)]^2)) / n)) {
      index <- decompose(ts(y, frequency = m), type = "multiplicative")$figure
      return(y[n] / index[(n - 1) %% m + 1] * index[(n + seq_len(h) - 1) %% m + 1])
    }
  }
  rep(y[n], h)
}

scores <- function(mean, s) {
  ok <- !is.na(s$actual)
  error <- abs(mean - s$actual)[ok]
  scale <- mean(abs(diff(s$y, lag = s$m)), na.rm = TRUE)
  c(smape = mean(200 * error / (abs(mean) + abs(s$actual))[ok], na.rm = TRUE), mase = mean(error) / scale)
}

read_forecasts <- function(file) {
  fields <- strsplit(readLines(file), ",")
  list(key = vapply(fields, function(f) paste(f[1], f[2], f[4]), ""),
       method = vapply(fields, function(f) f[4], ""),
       seconds = vapply(fields, function(f) as.numeric(f[5]), 0),
       mean = lapply(fields, function(f) as.numeric(f[-(1:5)])))
}

compare <- function(folder, r_file, engine_file) {
  r <- read_forecasts(r_file)
  engine <- read_forecasts(engine_file)
  series <- unlist(lapply(sets, function(set) read_set(folder, set)), recursive = FALSE)
  methods <- c(unique(r$method), "R mean", unique(engine$method))
  rows <- list()
  for (s in series) {
    own <- match(paste(s$set, s$id, unique(r$method)), r$key)
    if (anyNA(own)) next
    means <- r$mean[own]
    means[["R mean"]] <- Reduce(`+`, r$mean[own]) / length(own)
    theirs <- match(paste(s$set, s$id, unique(engine$method)), engine$key)
    means <- c(means, engine$mean[theirs])
    seconds <- c(r$seconds[own], sum(r$seconds[own]), engine$seconds[theirs])
    rows[[length(rows) + 1]] <- data.frame(m = s$m, method = methods, seconds = seconds,
      t(vapply(means, scores, c(0, 0), s)), base = t(scores(naive2(as.numeric(na.interp(ts(s$y, frequency = s$m))), s$m, s$h), s)))
  }
  all <- do.call(rbind, rows)
  all <- all[is.finite(all$mase), ]
  own <- tail(methods, 1)
  cat(sprintf("%3s %5s %-12s %8s %8s %7s %10s %9s\n", "m", "n", "method", "sMAPE", "MASE", "OWA",
              "s/1000", "ratio"))
  for (m in sort(unique(all$m)))
    for (method in methods) {
      part <- all[all$m == m & all$method == method, ]
      owa <- mean(c(mean(part$smape) / mean(part$base.smape), mean(part$mase) / mean(part$base.mase)))
      time <- mean(part$seconds)
      ratio <- time / mean(all$seconds[all$m == m & all$method == own])
      cat(sprintf("%3d %5d %-12s %8.3f %8.4f %7.4f %10.2f %9.1f\n", m, nrow(part), method,
                  mean(part$smape), mean(part$mase), owa, 1000 * time, ratio))
    }
}

if (arguments[1] == "forecast") {
  make_forecasts(arguments[2], arguments[3], as.integer(arguments[4]),
    if (length(arguments) > 4) strsplit(arguments[5], ",")[[1]])
} else {
  compare(arguments[2], arguments[3], arguments[4])
}
