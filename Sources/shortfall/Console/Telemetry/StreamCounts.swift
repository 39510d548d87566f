import ModelStore
import Telemetry

/// What is counted around a session: what it wrote, and which models it was given.
struct StreamCounts: MetricSource {
  private static let answerBytes = MetricFamily.counter("shortfall_answer_bytes_total", "Bytes of answers written.")
  private static let reloads = MetricFamily.counter(
    "shortfall_reloads_total", "Times that model and policy were read again on request.", by: ["result"])
  private static let model = MetricFamily.gauge(
    "shortfall_model_info",
    "1 for the model that scores: its name, the SHA-256 of its file, and its folder among artefacts.",
    by: ["name", "digest", "artefact"])
  private static let failure = MetricFamily.gauge(
    "shortfall_run_failed", "1 when the process has ended with a failure, which standard error names.")

  /// Bytes of answers.
  var answerBytes = 0
  /// Models and policies that were taken up on request.
  var takenReloads = 0
  /// Those that were refused.
  var refusedReloads = 0
  /// Whether the process ends with a failure.
  var hasFailed = false
  /// What names the model that scores.
  private var modelLabels: [String]?

  /// Takes note of the model that scores from now on.
  mutating func take(_ model: StoredModel) throws {
    modelLabels = [model.artefact.name, try model.artefact.digest(), model.digest ?? ""]
  }

  func report(to sheet: inout MetricSheet) {
    sheet.set(Self.answerBytes, to: answerBytes)
    sheet.set(Self.reloads, ["taken"], to: takenReloads)
    sheet.set(Self.reloads, ["refused"], to: refusedReloads)
    if let modelLabels { sheet.set(Self.model, modelLabels, to: 1) }
    sheet.set(Self.failure, to: hasFailed ? 1 : 0)
  }
}
