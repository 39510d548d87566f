internal import Learning
internal import LinearModels
internal import Markets

extension TrainingConfiguration.Model {
  init(_ section: inout ConfigurationSection) throws(ConfigurationFault) {
    family = try TrainingConfiguration.Family(&section)
    inputs = try section.value("inputs")?.names()
    relativeFloor = try section.value("relativeFloor")?.number(in: -50...0) ?? -2
    method = try section.value("method")?.choice(of: LogisticConfiguration.Method.self) ?? .ridge
    penalties = try section.penalties(isRequired: family.judged.contains(.logistic))
    recencyHalfLife = try section.value("recencyHalfLife")?.span()
    if recencyHalfLife == .zero { throw section.fault(at: "recencyHalfLife", "must be above zero") }
    design = try DesignConfiguration(&section)
    boosting = try TrainingConfiguration.Boosting(section.section("boosting"))
    try section.finish()
  }
}

extension TrainingConfiguration.Family {
  /// The margin of `best` unless another is set: a hundredth of the least loss.
  private static let defaultMargin = 0.01

  private enum Name: String, CaseIterable {
    case logistic, boosting, blend, best
  }

  /// Reads `family` and `familyMargin` out of the model's section.
  init(_ section: inout ConfigurationSection) throws(ConfigurationFault) {
    let name = try section.value("family")?.choice(of: Name.self) ?? .logistic
    let margin = try section.value("familyMargin")?.number(in: 0...1)
    switch name {
    case .logistic: self = .one(.logistic)
    case .boosting: self = .one(.boosting)
    case .blend: self = .one(.blend)
    case .best: self = .best(margin: margin ?? Self.defaultMargin)
    }
  }
}

extension ConfigurationSection {
  /// The penalties to choose from; empty when they are neither required nor given.
  fileprivate mutating func penalties(isRequired: Bool) throws(ConfigurationFault) -> [Double] {
    guard let value = isRequired ? try required("penalties") : value("penalties") else { return [] }
    let penalties = try value.list { element throws(ConfigurationFault) in try element.number(in: 0...1e12) }
    guard !penalties.isEmpty else { throw fault(at: "penalties", "names no penalty") }
    return penalties
  }
}

extension DesignConfiguration {
  /// Reads the design's settings out of the model's section.
  init(_ section: inout ConfigurationSection) throws(ConfigurationFault) {
    let centring = try section.value("centring")?.choice(of: Centring.self) ?? .pooledMedian
    let scaling = try section.value("scaling")?.choice(of: Scaling.self) ?? .standardDeviation
    let clip = try section.value("clip").map { value throws(ConfigurationFault) in try value.clip() } ?? 5
    let expansions = try section.value("expansions")?.list { element throws(ConfigurationFault) in
      try Expansion(element)
    }
    do throws(LinearModelFault) {
      try self.init(centring: centring, scaling: scaling, clip: clip, expansions: expansions ?? [])
    } catch {
      throw section.fault(at: error.setting, error.reason)
    }
  }
}

extension ConfigurationValue {
  /// `none`, or the largest absolute value after scaling.
  fileprivate func clip() throws(ConfigurationFault) -> Double? {
    if try text() == "none" { return nil }
    guard let clip = try? number(), clip > 0, clip <= 1e6 else {
      throw fault("expected none or a number above 0, at most 1000000")
    }
    return clip
  }
}

extension DesignConfiguration.Expansion {
  init(_ value: ConfigurationValue) throws(ConfigurationFault) {
    var section = try value.section()
    self.init(
      column: try section.required("column").text(), kind: try section.required("kind").choice(of: Kind.self),
      knot: try section.value("knot")?.number() ?? 0)
    try section.finish()
  }
}
