internal import Margining

/// One setting of a policy file, or a section of settings, as people need it explained.
public struct PolicySetting: Sendable {
  /// What a file must or may say of it.
  public enum Presence: Hashable, Sendable {
    /// It must be given.
    case required
    /// It may be left out, and is this then.
    case standard(String)
    /// It may be left out, and what it controls does not happen then.
    case off
  }

  /// What stands under the setting's name.
  public enum Content: Hashable, Sendable {
    /// Further settings.
    case section
    /// A value in a unit and a range.
    case value(unit: String, range: String)
  }

  /// The setting's place in the file, such as `hysteresis.coolDown`; `<market>` stands for a market's name, `<n>` for a
  /// tier's number.
  public let path: String
  /// What stands under its name.
  public let content: Content
  /// Whether it must be given, and what holds without it.
  public let presence: Presence
  /// What it does, in whole sentences.
  public let explanation: String
  /// What a policy has there.
  let reading: @Sendable (MarginPolicySettings) -> Reading
  /// A value that shows how the setting is written; nil where the default shows it.
  let example: String?

  /// What a policy has for a setting.
  enum Reading {
    case off
    case section
    case value(String)
    /// A value for each market, in name order.
    case byMarket([(market: String, value: String)])
  }

  /// A section that a policy always has, or has when `isOn` says so.
  static func section(
    _ path: String, _ presence: Presence, isOn: @escaping @Sendable (MarginPolicySettings) -> Bool = { _ in true },
    _ explanation: String
  ) -> PolicySetting {
    PolicySetting(
      path: path, content: .section, presence: presence, explanation: explanation,
      reading: { isOn($0) ? .section : .off }, example: nil)
  }

  /// A value, nil where a policy has none.
  static func value(
    _ path: String, unit: String, range: String, _ presence: Presence, example: String? = nil,
    _ value: @escaping @Sendable (MarginPolicySettings) -> String?, _ explanation: String
  ) -> PolicySetting {
    PolicySetting(
      path: path, content: .value(unit: unit, range: range), presence: presence, explanation: explanation,
      reading: { value($0).map(Reading.value) ?? .off }, example: example)
  }
}

/// Text for people.
extension PolicySetting {
  /// The parts of the path.
  var names: [Substring] { path.split(separator: ".") }

  /// Unit, range and default, such as `length of time, above 0. Default 6h.`
  public var specification: String {
    let kind =
      switch content {
      case .section: "settings"
      case .value(let unit, let range): range.isEmpty ? unit : "\(unit), \(range)"
      }
    return "\(kind). \(presence.description)."
  }
}

extension PolicySetting.Presence: CustomStringConvertible {
  /// The presence in words, such as `default 6h` with a capital letter.
  public var description: String {
    switch self {
    case .required: "Required"
    case .standard(let text): "Default \(text)"
    case .off: "Off unless given"
    }
  }
}
