internal import Yams

extension SearchSpace {
  /// Reads the section `search`; without one, or without a setting in it, the standard space is searched.
  init(_ section: ConfigurationSection?) throws(ConfigurationFault) {
    guard var section else {
      self = .standard
      return
    }
    var dimensions: [Dimension] = []
    for setting in BoostingSetting.allCases {
      guard let value = section.value(setting.rawValue) else { continue }
      dimensions.append(Dimension(setting, try value.domain(of: setting)))
    }
    let seed = try section.value("seed")?.seed() ?? Self.standard.seed
    try section.finish()
    self.init(dimensions: dimensions.isEmpty ? Self.standard.dimensions : dimensions, seed: seed)
  }
}

extension ConfigurationValue {
  /// A list of choices, or `{from, to, scale}`.
  fileprivate func domain(of setting: BoostingSetting) throws(ConfigurationFault) -> SearchSpace.Domain {
    if node.sequence != nil { return .choices(try choices(of: setting)) }
    guard node.mapping != nil else { throw fault("expected a list such as [a, b], or {from: a, to: b, scale: log}") }
    return try range(of: setting)
  }

  private func choices(of setting: BoostingSetting) throws(ConfigurationFault) -> [SettingValue] {
    var choices: [SettingValue] = []
    for element in try list() {
      let choice = try setting.read(element)
      if choices.contains(choice) { throw element.fault("\(choice) stands twice") }
      choices.append(choice)
    }
    guard !choices.isEmpty else { throw fault("names no choice") }
    return choices
  }

  private func range(of setting: BoostingSetting) throws(ConfigurationFault) -> SearchSpace.Domain {
    var section = try section()
    let from = try setting.read(try section.required("from"))
    let to = try setting.read(try section.required("to"))
    let scale = try section.value("scale")?.choice(of: SearchSpace.Scale.self) ?? .linear
    try section.finish()
    switch (from, to) {
    case (.whole(let from), .whole(let to)):
      guard from < to else { throw section.fault(at: "to", "\(to) is not above 'from'") }
      return .whole(from...to, scale)
    case (.real(let from), .real(let to)):
      guard from < to else { throw section.fault(at: "to", "\(to) is not above 'from'") }
      guard scale == .linear || from > 0 else {
        throw section.fault(at: "from", "must be above 0 on a logarithmic scale")
      }
      return .real(from...to, scale)
    case (.unbounded, _): throw section.fault(at: "from", "a range needs numbers at its ends")
    default: throw section.fault(at: "to", "a range needs numbers at its ends")
    }
  }
}
