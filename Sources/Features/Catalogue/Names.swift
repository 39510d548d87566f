import Markets

/// The labels of distances, amounts and lengths of time in feature names.
extension FeatureConfiguration {
  /// The label of the main band, such as `100bp`.
  var mainBandLabel: String { mainBand.description }

  /// The label of a notional, such as `100k` or `1M`; amounts that are not whole thousands are written out.
  static func label(ofNotional notional: Double) -> String {
    for (scale, suffix) in [(1e9, "B"), (1e6, "M"), (1e3, "k")] where notional >= scale {
      let scaled = notional / scale
      if scaled == scaled.rounded(), scaled < 1e6 { return "\(Int(scaled))\(suffix)" }
    }
    return notional == notional.rounded() && notional < 1e15 ? "\(Int(notional))" : "\(notional)"
  }

  /// The label of a multiple in percent, such as `40`.
  static func label(ofMultiple multiple: Double) -> String {
    let percent = (multiple * 1e6).rounded() / 1e4
    return percent == percent.rounded() ? "\(Int(percent))" : "\(percent)"
  }
}

/// The sources that several definitions share.
enum Source {
  static let shortfall = "Shortfall (docs/features.md)"
  static let contOFI =
    "R. Cont, A. Kukanov, S. Stoikov, J. Financial Econometrics 12 (2014), doi:10.1093/jjfinec/nbt003"
  static let realised = "O. Barndorff-Nielsen, N. Shephard, J. R. Stat. Soc. B 64 (2002), doi:10.1111/1467-9868.00336"
}
