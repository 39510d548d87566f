import Foundation
import Markets
import ModelStore
import Validation
import Workflows

/// Drift monitors with their thresholds, as 'drift --output' writes them.
enum DriftPlanFile {
  static func plan(_ path: String) throws -> DriftPlan {
    let bytes = try InputFile.bytes(path)
    do {
      return try JSONDecoder().decode(DriftPlan.self, from: Data(bytes))
    } catch {
      throw FileFailure(path: path, operation: "read", reason: "it does not hold drift monitors")
    }
  }

  /// The monitors of a stream.
  ///
  /// - Throws: `Refusal` when they watch none of the model's markets.
  static func monitors(_ path: String, of model: ModelArtefact) throws -> StreamDrift {
    let plan = try plan(path)
    let markets = Set(model.groups.map(\.market))
    guard plan.entries.contains(where: { markets.contains($0.market) && !$0.monitors.isEmpty }) else {
      throw Refusal.gate("\(path): its drift monitors watch no market of the model")
    }
    return try StreamDrift(plan)
  }
}
