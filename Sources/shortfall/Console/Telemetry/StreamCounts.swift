import ModelStore
import Telemetry

/// What is counted around a session: what it wrote, and which models it was given.
struct StreamCounts: MetricSource {
  private static let answerBytes = MetricFamily.counter("shortfall_answer_bytes_total", "Bytes of answers written.")
  private static let reloads = MetricFamily.counter(
    "shortfall_reloads_total", "Times that model and policy were read again on request.", by: ["result"])
  private static let model = MetricFamily.gauge(
    "shortfall_model_info", "1 for the model that scores; the digest names it among a training run's artefacts.",
    by: ["name", "digest"])

  /// Bytes of answers.
  var answerBytes = 0
  /// Models and policies that were taken up on request.
  var takenReloads = 0
  /// Those that were refused.
  var refusedReloads = 0
  /// The model that scores.
  var model: StoredModel?

  func report(to sheet: inout MetricSheet) {
    sheet.set(Self.answerBytes, to: answerBytes)
    sheet.set(Self.reloads, ["taken"], to: takenReloads)
    sheet.set(Self.reloads, ["refused"], to: refusedReloads)
    if let model { sheet.set(Self.model, [model.artefact.name, model.digest ?? ""], to: 1) }
  }
}
