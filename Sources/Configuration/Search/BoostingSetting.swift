public import Boosting

/// A setting of the section `model.boosting` that is one number: the only place that knows its key, kind and range.
public enum BoostingSetting: String, CaseIterable, Hashable, Sendable {
  /// The largest number of trees.
  case rounds
  /// The factor by which leaves are shrunk.
  case learningRate
  /// The largest number of leaves of a tree.
  case leaves
  /// The largest number of splits between the root and a leaf.
  case depth
  /// The largest number of bins of a column.
  case bins
  /// The least number of rows in a leaf.
  case minimumRows
  /// The least sum of second derivatives in a leaf.
  case minimumHessian
  /// The least gain of a split.
  case minimumGain
  /// The L1 penalty on leaf values.
  case l1
  /// The L2 penalty on leaf values.
  case l2
  /// The share of the rows that each tree sees.
  case rowShare
  /// The share of the columns that each tree sees.
  case columnShare

  /// The value that a configuration has.
  public func value(in configuration: BoostingConfiguration) -> SettingValue {
    switch self {
    case .rounds: .whole(configuration.rounds)
    case .learningRate: .real(configuration.learningRate)
    case .leaves: .whole(configuration.leaves)
    case .depth: configuration.depth.map(SettingValue.whole) ?? .unbounded
    case .bins: .whole(configuration.bins)
    case .minimumRows: .whole(configuration.minimumRows)
    case .minimumHessian: .real(configuration.minimumHessian)
    case .minimumGain: .real(configuration.minimumGain)
    case .l1: .real(configuration.l1)
    case .l2: .real(configuration.l2)
    case .rowShare: .real(configuration.rowShare)
    case .columnShare: .real(configuration.columnShare)
    }
  }

  /// Gives a configuration a value; one of another kind than the setting's changes nothing.
  public func set(_ value: SettingValue, in configuration: inout BoostingConfiguration) {
    switch (self, value) {
    case (.rounds, .whole(let value)): configuration.rounds = value
    case (.learningRate, .real(let value)): configuration.learningRate = value
    case (.leaves, .whole(let value)): configuration.leaves = value
    case (.depth, .whole(let value)): configuration.depth = value
    case (.depth, .unbounded): configuration.depth = nil
    case (.bins, .whole(let value)): configuration.bins = value
    case (.minimumRows, .whole(let value)): configuration.minimumRows = value
    case (.minimumHessian, .real(let value)): configuration.minimumHessian = value
    case (.minimumGain, .real(let value)): configuration.minimumGain = value
    case (.l1, .real(let value)): configuration.l1 = value
    case (.l2, .real(let value)): configuration.l2 = value
    case (.rowShare, .real(let value)): configuration.rowShare = value
    case (.columnShare, .real(let value)): configuration.columnShare = value
    default: break
    }
  }

  /// Reads a value of the setting.
  func read(_ value: ConfigurationValue) throws(ConfigurationFault) -> SettingValue {
    switch self {
    case .rounds: .whole(try value.integer(in: 1...100_000))
    case .leaves: .whole(try value.integer(in: 2...65_536))
    case .depth: try value.depth()
    case .bins: .whole(try value.integer(in: 2...255))
    case .minimumRows: .whole(try value.integer(in: 1...1_000_000_000))
    case .learningRate, .rowShare, .columnShare: .real(try value.share())
    case .minimumHessian, .minimumGain, .l1, .l2: .real(try value.number(in: 0...1e12))
    }
  }
}

/// The value of a setting.
public enum SettingValue: Hashable, Sendable, CustomStringConvertible {
  /// A whole number.
  case whole(Int)
  /// A number.
  case real(Double)
  /// No bound, which a file writes as `none`.
  case unbounded

  /// The value as a configuration file writes it, exactly.
  public var description: String {
    switch self {
    case .whole(let value): "\(value)"
    case .real(let value): "\(value)"
    case .unbounded: "none"
    }
  }
}

extension ConfigurationValue {
  /// A number above 0 and at most 1.
  fileprivate func share() throws(ConfigurationFault) -> Double {
    let share = try number()
    guard share > 0, share <= 1 else { throw fault("\(share) is not above 0 and at most 1") }
    return share
  }

  /// `none`, or the largest number of splits between the root and a leaf.
  fileprivate func depth() throws(ConfigurationFault) -> SettingValue {
    if try text() == "none" { return .unbounded }
    guard let depth = try? integer(in: 1...64) else { throw fault("expected none or a whole number from 1 to 64") }
    return .whole(depth)
  }
}
