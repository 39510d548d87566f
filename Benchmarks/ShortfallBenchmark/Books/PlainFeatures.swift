internal import Features
internal import Foundation
internal import Markets

/// Some of the features as one would first write them: every window is gone through again at every book.
struct PlainFeatures {
  private struct Moment {
    let time: Int64
    let logMid: Double
    let logDepths: [Double]
  }

  private let bands: [Double]
  private let mainBand: Double
  private let windows: [Int64]
  private var history: [String: [Moment]] = [:]

  init(_ configuration: FeatureConfiguration) {
    bands = configuration.bands.map(\.fraction)
    mainBand = configuration.mainBand.fraction
    windows = configuration.windows.map(\.nanoseconds)
  }

  /// The values of `SharedFeatures`, of the sell side and then of the buy side.
  mutating func observe(_ book: PlainBook) -> [Double] {
    var moments = history[book.market] ?? []
    history[book.market] = nil
    defer { history[book.market] = moments }
    let start = book.time - (windows.last ?? 0)
    moments.removeAll { $0.time <= start }
    if let mid = book.mid {
      let depths = [
        depth(of: book, mid, within: mainBand, isSell: true), depth(of: book, mid, within: mainBand, isSell: false),
      ]
      moments.append(Moment(time: book.time, logMid: log(mid), logDepths: depths.map { log(1 + $0) }))
    }
    return [true, false].flatMap { isSell in
      let now = bands.map { band in book.mid.map { log(1 + depth(of: book, $0, within: band, isSell: isSell)) } ?? .nan
      }
      return now
        + windows.flatMap { window in
          Self.summary(of: moments.filter { $0.time > book.time - window }, isSell: isSell, hasMid: book.mid != nil)
        }
    }
  }

  private func depth(of book: PlainBook, _ mid: Double, within band: Double, isSell: Bool) -> Double {
    let levels = isSell ? book.bids : book.asks
    let limit = mid * (isSell ? 1 - band : 1 + band)
    return levels.filter { isSell ? $0.price >= limit : $0.price <= limit }.reduce(0) { $0 + $1.price * $1.size }
  }

  /// Minimum, median, mean, drawdown and volatility of the log depth, and the realised volatility of the mid.
  private static func summary(of moments: [Moment], isSell: Bool, hasMid: Bool) -> [Double] {
    let depths = moments.map { $0.logDepths[isSell ? 0 : 1] }
    guard let smallest = depths.min(), let largest = depths.max(), let last = depths.last, let first = moments.first,
      let newest = moments.last
    else { return [Double](repeating: .nan, count: 6) }
    let mean = depths.reduce(0, +) / Double(depths.count)
    let variance = depths.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(depths.count - 1)
    let steps = zip(moments.dropFirst(), moments).map { $0.logMid - $1.logMid }
    let hours = Double(newest.time - first.time) / 3.6e12
    let realised = hours > 0 ? (steps.reduce(0) { $0 + $1 * $1 } / hours).squareRoot() : .nan
    return [
      smallest, median(depths), mean, hasMid ? largest - last : .nan, log(0.02 + variance.squareRoot()),
      log1p(realised * 10_000),
    ]
  }
}

/// Reads every book and computes some of its features, both the plain way.
func plainlyExtractFeatures(_ paths: [String], _ configuration: FeatureConfiguration) throws -> PassResult {
  var result = PassResult()
  var features = PlainFeatures(configuration)
  for book in try PlainReading.books(in: paths) {
    result.snapshots += 1
    for value in features.observe(book) where !value.isNaN { result.fingerprint += value }
  }
  return result
}
