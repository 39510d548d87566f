internal import Features
internal import Labels
internal import LinearModels
internal import Markets

extension TrainingConfiguration {
  /// Reads a configuration.
  ///
  /// - Parameters:
  ///   - text: The YAML text.
  ///   - file: The name that errors carry.
  /// - Throws: `ConfigurationFault` for text that is not YAML, unknown settings, missing ones and wrong values.
  public init(yaml text: String, file: String) throws(ConfigurationFault) {
    var top = try ConfigurationDocument.parse(text, file: file)
    name = try top.required("name").text()
    var task = try top.required("task").section()
    self.task = try ShortfallTask(&task)
    features = try top.required("features").features(mainBand: self.task.band)
    var model = try top.required("model").section()
    self.model = try Model(&model)
    calibration = try top.value("calibration")?.choice(of: Calibration.self) ?? .none
    var validation = try top.required("validation").section()
    self.validation = try Validation(&validation)
    minimumSkill = try top.required("gate").gate()
    self.text = text
    try top.finish()
  }
}

extension ConfigurationValue {
  fileprivate func features(mainBand: BasisPoints) throws(ConfigurationFault) -> FeatureConfiguration {
    var section = try section()
    return try FeatureConfiguration(&section, mainBand: mainBand)
  }

  fileprivate func gate() throws(ConfigurationFault) -> Double {
    var section = try section()
    let skill = try section.required("minimumSkill").number(in: -1...1)
    try section.finish()
    return skill
  }
}

extension TrainingConfiguration.Model {
  init(_ section: inout ConfigurationSection) throws(ConfigurationFault) {
    inputs = try section.value("inputs").map { value throws(ConfigurationFault) in
      try value.list { element throws(ConfigurationFault) in try element.text() }
    }
    relativeFloor = try section.value("relativeFloor")?.number(in: -50...0) ?? -2
    method = try section.value("method")?.choice(of: LogisticConfiguration.Method.self) ?? .ridge
    penalties = try section.required("penalties").list { element throws(ConfigurationFault) in
      try element.number(in: 0...1e12)
    }
    guard !penalties.isEmpty else { throw section.fault(at: "penalties", "names no penalty") }
    recencyHalfLife = try section.value("recencyHalfLife")?.span()
    if recencyHalfLife == .zero { throw section.fault(at: "recencyHalfLife", "must be above zero") }
    design = try DesignConfiguration(&section)
    try section.finish()
  }
}

extension TrainingConfiguration.Validation {
  init(_ section: inout ConfigurationSection) throws(ConfigurationFault) {
    folds = try section.required("folds").integer(in: 1...50)
    firstTrainingShare = try section.value("firstTrainingShare")?.number(in: 0.05...0.95) ?? 0.3
    embargo = try section.value("embargo")?.span()
    resamples = try section.value("resamples")?.integer(in: 1...100_000) ?? 500
    seed = try section.value("seed")?.seed() ?? 1
    try section.finish()
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
