internal import Features
internal import Markets

extension FeatureConfiguration {
  /// Reads the settings; what is not given keeps its standard value.
  ///
  /// The band that is followed through time is the task's own: its depth is what falls short.
  init(_ section: inout ConfigurationSection, mainBand: BasisPoints) throws(ConfigurationFault) {
    let standard = FeatureConfiguration.standard
    let bands = try section.value("bands")?.list { value throws(ConfigurationFault) in try value.basisPoints() }
    let notionals = try section.value("sweepNotionals")?.list { value throws(ConfigurationFault) in try value.number() }
    let reach = try section.value("reach")?.basisPoints()
    let windows = try section.value("windows")?.list { value throws(ConfigurationFault) in try value.span() }
    let multiples = try section.value("thinMultiples")?.list { value throws(ConfigurationFault) in try value.number() }
    let fast = try section.value("fastHalfLife")?.span()
    let slow = try section.value("slowHalfLife")?.span()
    let gap = try section.value("gap")?.span()
    let freshness = try section.value("freshness")?.span()
    let reference = try section.value("referenceMarket")?.market()
    let families = try section.value("families")?.list { value throws(ConfigurationFault) in
      try value.choice(of: FeatureFamily.self)
    }
    do throws(FeatureConfigurationFault) {
      try self.init(
        bands: bands ?? standard.bands, mainBand: mainBand,
        sweepNotionals: notionals ?? standard.sweepNotionals, reach: reach ?? standard.reach,
        windows: windows ?? standard.windows, thinMultiples: multiples ?? standard.thinMultiples,
        halfLives: HalfLives(fast: fast ?? standard.halfLives.fast, slow: slow ?? standard.halfLives.slow),
        tolerances: Tolerances(
          gap: gap ?? standard.tolerances.gap, freshness: freshness ?? standard.tolerances.freshness),
        referenceMarket: reference, families: families ?? standard.families)
    } catch {
      throw section.fault(at: error.place.setting, error.place.reason)
    }
    try section.finish()
  }
}
