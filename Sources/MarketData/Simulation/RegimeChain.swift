import Markets
import Sampling

/// A continuous-time Markov chain over the regimes that are drawn.
struct RegimeChain: Sendable {
  private(set) var regime = SimulatedRegime.calm
  private let table: RegimeTable
  private let calmDwell: TimeSpan

  init(table: RegimeTable, calmDwell: TimeSpan) {
    self.table = table
    self.calmDwell = calmDwell
  }

  /// Moves the chain by `seconds`; always uses two draws.
  mutating func advance(seconds: Double, using generator: inout SeededGenerator) {
    let leaves = generator.happens(withProbability: seconds / dwell.seconds)
    let escalates = generator.happens(withProbability: table.escalation)
    guard leaves else { return }
    switch regime {
    case .calm: regime = .thinning
    case .thinning: regime = escalates ? .stressed : .calm
    case .stressed, .cascade: regime = .recovery
    case .recovery: regime = .calm
    }
  }

  /// Puts the chain into `regime` unless it is in a worse one.
  mutating func raise(to other: SimulatedRegime) {
    regime = .worse(regime, other)
  }

  private var dwell: TimeSpan {
    regime == .calm ? calmDwell : table[regime].dwell
  }
}
