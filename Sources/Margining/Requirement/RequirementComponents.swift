/// What a conditional requirement at one size of position is made of; fractions of notional from 0 to 1.
public struct RequirementComponents: Hashable, Sendable, CustomStringConvertible {
  /// Which of the two ways to a requirement asks for more.
  public enum Bound: String, Hashable, Sendable {
    /// Base, liquidity and concentration together.
    case components
    /// The model's quantile of the close-out loss.
    case model
  }

  /// The size of position, in quote currency.
  public let notional: Double
  /// The adverse-return quantile of the past, at least the floor.
  public let base: Double
  /// Half the spread and the cost of the sweep.
  public let liquidity: Double
  /// The add-on for size.
  public let concentration: Double
  /// The quantile of the close-out loss given the book of now; 0 when it is a gain.
  public let model: Double

  /// The requirement, `max(base + liquidity + concentration, model)`, at most 1.
  public var required: Double { min(1, max(base + liquidity + concentration, model)) }

  /// What decides the requirement.
  public var bound: Bound { model > base + liquidity + concentration ? .model : .components }

  /// The components in words, what decides first.
  public var description: String {
    let parts =
      "base \(ReasonText.percent(base)) + liquidity \(ReasonText.percent(liquidity)) + concentration "
      + ReasonText.percent(concentration)
    let size = "\(ReasonText.percent(required)) of \(ReasonText.amount(notional))"
    return switch bound {
    case .model: "\(size): the model's loss quantile, above \(parts)"
    case .components: "\(size): \(parts), above the model's loss quantile of \(ReasonText.percent(model))"
    }
  }
}
