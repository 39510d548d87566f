internal import Features
internal import Labels
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
    interval = try top.value("interval")?.choice(of: Interval.self) ?? .none
    let closeOut = self.task.closeOut
    closeOutQuantile = try top.section("closeOutQuantile").map { section throws(ConfigurationFault) in
      guard let closeOut else { throw section.fault("needs task.closeOut, whose loss it is about") }
      return try CloseOutQuantile(section, closeOut: closeOut)
    }
    var validation = try top.required("validation").section()
    self.validation = try Validation(&validation)
    minimumSkill = try top.required("gate").gate()
    search = try SearchSpace(top.section("search"))
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
