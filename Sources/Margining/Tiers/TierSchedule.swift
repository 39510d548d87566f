public import Markets

/// A market's margin schedule: rates that rise with notional, and deductions that make the requirement continuous.
///
/// The maintenance requirement of a position in tier n is `notional · mmr_n − deduction_n` with
/// `deduction_n = deduction_{n−1} + bound_n (mmr_n − mmr_{n−1})` and `deduction_1 = 0`: the form of the brackets that
/// perpetual venues publish.
public struct TierSchedule: Hashable, Sendable {
  /// The tiers, from the smallest notional to the largest.
  public let tiers: [Tier]
  /// The maintenance margin as a share of the initial margin, from 0.000001 to 1.
  public let maintenanceShare: Double

  /// Creates a schedule.
  ///
  /// - Parameters:
  ///   - tiers: at least one; the first starts at 0, lower bounds rise, rates are above zero and never fall.
  ///   - maintenanceShare: initial margin is maintenance margin divided by this share.
  /// - Throws: the first setting that is wrong; tiers are numbered from 1.
  public init(tiers: [Tier], maintenanceShare: Double = 0.5) throws(MarginingFault) {
    guard let first = tiers.first else { throw MarginingFault(.tiers, .empty) }
    guard first.lowerBound == 0 else { throw MarginingFault(.tierBound(1), first.lowerBound, .firstTierNotAtZero) }
    try require(first.maintenance.fraction, above: 0, .tierMaintenance(1))
    for (number, (tier, before)) in zip(2..., zip(tiers.dropFirst(), tiers)) {
      guard tier.lowerBound > before.lowerBound, tier.lowerBound.isFinite else {
        throw MarginingFault(
          .tierBound(number), tier.lowerBound, .notAboveSetting(.tierBound(number - 1), before.lowerBound))
      }
      guard tier.maintenance >= before.maintenance else {
        throw MarginingFault(
          .tierMaintenance(number), tier.maintenance.fraction,
          .belowSetting(.tierMaintenance(number - 1), limit: before.maintenance.fraction))
      }
    }
    try require(maintenanceShare, within: 1e-6...1, .maintenanceShare)
    self.tiers = tiers
    self.maintenanceShare = maintenanceShare
  }

  /// The maintenance rates, one per tier, never falling.
  public var rates: [MarginFraction] { tiers.map(\.maintenance) }

  /// The deductions of the tiers, in quote currency, each at least 0; the first is 0.
  ///
  /// - Complexity: O(tiers).
  public var deductions: [Double] { deductions(of: rates) }

  /// The deductions of other rates at the same bounds.
  func deductions(of rates: [MarginFraction]) -> [Double] {
    // Summed in millionths, where bounds of whole units leave no rounding behind.
    var millionths = [0.0]
    for (tier, (rate, before)) in zip(tiers.dropFirst(), zip(rates.dropFirst(), rates)) {
      let step = tier.lowerBound * Double(rate.partsPerMillion - before.partsPerMillion)
      millionths.append((millionths.last ?? 0) + step)
    }
    return millionths.map { $0 / 1e6 }
  }

  /// The index of the tier that a notional falls into, or nil when it is negative or not finite.
  ///
  /// A notional exactly on a bound belongs to the tier that starts there.
  public func tierIndex(ofNotional notional: Double) -> Int? {
    guard notional >= 0, notional.isFinite else { return nil }
    return tiers.lastIndex { $0.lowerBound <= notional }
  }

  /// The index of the last tier that holds some of a notional: on a bound, of the tier that ends there.
  ///
  /// Nil when the notional is negative or not finite.
  public func tierIndex(reachedBy notional: Double) -> Int? {
    guard notional >= 0, notional.isFinite else { return nil }
    return tiers.lastIndex { $0.lowerBound < notional } ?? 0
  }

  /// The maintenance requirement of a position, in quote currency, or nil when its notional is negative or not finite.
  ///
  /// Continuous and never falling in the notional.
  public func maintenance(ofNotional notional: Double) -> Double? {
    tierIndex(ofNotional: notional).map { notional * tiers[$0].maintenance.fraction - deductions[$0] }
  }

  /// The initial margin that goes with a maintenance margin: `maintenance / maintenanceShare`, rounded up, at most 1.
  public func initialMargin(for maintenance: MarginFraction) -> MarginFraction {
    MarginFraction(roundingUp: min(1, maintenance.fraction / maintenanceShare)) ?? .full
  }

  /// The largest leverage that a maintenance margin allows at entry: 1 over the initial margin, rounded down.
  ///
  /// From 1 to 1,000,000; the latter also stands for a margin of zero.
  public func maximumLeverage(for maintenance: MarginFraction) -> Int {
    initialMargin(for: maintenance).maximumLeverage
  }

  /// The same bounds with other maintenance rates.
  ///
  /// - Throws: when there are not as many rates as tiers, one is zero, or they fall.
  public func replacing(rates: [MarginFraction]) throws(MarginingFault) -> TierSchedule {
    guard rates.count == tiers.count else {
      throw MarginingFault(.tiers, Double(rates.count), .countDiffers(expected: tiers.count))
    }
    return try TierSchedule(
      tiers: zip(tiers, rates).map { Tier(lowerBound: $0.lowerBound, maintenance: $1) },
      maintenanceShare: maintenanceShare)
  }
}

extension MarginFraction {
  /// 1 over an initial margin, rounded down; from 1 to 1,000,000, which also stands for a margin of zero.
  var maximumLeverage: Int { 1_000_000 / max(1, partsPerMillion) }
}
