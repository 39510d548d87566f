import ArgumentParser
import Markets
import Workflows

/// How a stream learns from the outcomes of what it said.
struct FeedbackOptions: ParsableArguments {
  @Flag(help: "Complete outcomes on the stream, and write close-out quantiles that follow them beside the model's.")
  var feedback = false

  @Option(
    help: ArgumentHelp(
      "By how much of the loss a miss raises an adapted quantile (default: 0.02).", valueName: "share"))
  var adaptationStep: Double?

  @Option(
    help: ArgumentHelp(
      "The least time between two books of a market whose outcomes are awaited (default: a twelfth of the horizon).",
      valueName: "time"))
  var outcomeSpacing: TimeSpan?

  @Flag(help: "Write probabilities that follow the outcomes beside the model's.")
  var recalibration = false

  @Option(help: ArgumentHelp("Write each matured outcome as a JSON line, after what it holds.", valueName: "file"))
  var outcomes: String?

  @Option(
    help: ArgumentHelp(
      "Drift monitors with their thresholds, as 'drift --output' writes them: they watch the outcomes, and standard error "
        + "says when one speaks.", valueName: "file"))
  var monitors: String?

  func validate() throws {
    let needsFeedback = [adaptationStep != nil, outcomeSpacing != nil, recalibration, outcomes != nil, monitors != nil]
    if !feedback, needsFeedback.contains(true) {
      throw ValidationError(
        "--adaptation-step, --outcome-spacing, --recalibration, --outcomes and --monitors need --feedback.")
    }
    guard feedbackSettings != nil else {
      throw ValidationError("--adaptation-step is above 0 and at most 1, and --outcome-spacing not negative.")
    }
  }

  /// What goes along with the stream.
  func settings() -> FollowerSettings {
    FollowerSettings(
      feedback: feedback ? feedbackSettings : nil, outcomes: outcomes == nil ? .omitted : .written)
  }

  private var feedbackSettings: FeedbackSettings? {
    let settings = FeedbackSettings(
      adaptationStep: adaptationStep ?? BacktestRun.standardAdaptationStep, spacing: outcomeSpacing)
    return recalibration ? settings?.recalibrating() : settings
  }
}
