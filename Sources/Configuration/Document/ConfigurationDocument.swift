internal import Yams

/// The only door to YAML: a parsed configuration file as closed sections.
enum ConfigurationDocument {
  /// The top section of a file's text.
  static func parse(_ text: String, file: String) throws(ConfigurationFault) -> ConfigurationSection {
    func fault(_ reason: String, line: Int? = nil) -> ConfigurationFault {
      ConfigurationFault(file: file, line: line, setting: "", reason: reason)
    }
    let node: Node?
    do {
      node = try Yams.compose(yaml: text)
    } catch let error as YamlError {
      throw fault(summary(of: error), line: line(of: error))
    } catch {
      throw fault("not YAML: \(error)")
    }
    guard let node, let mapping = node.mapping else { throw fault("expected settings as 'name: value' lines") }
    return try ConfigurationSection(mapping, file: file, path: [], line: node.mark?.line)
  }

  private static func line(of error: YamlError) -> Int? {
    switch error {
    case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark.line
    case .duplicatedKeysInMapping(_, let context): context.mark.line
    case .reader(_, let offset?, _, let text): 1 + text.prefix(offset).count(where: \.isNewline)
    default: nil
    }
  }

  private static func summary(of error: YamlError) -> String {
    switch error {
    case .scanner(_, let problem, _, _), .parser(_, let problem, _, _), .composer(_, let problem, _, _):
      "not YAML: \(problem)"
    case .reader(let problem, _, _, _): "not YAML: \(problem)"
    case .duplicatedKeysInMapping(let duplicates, _):
      "the setting '\(duplicates.first ?? "?")' stands twice"
    default: "not YAML"
    }
  }
}

/// A mapping whose keys are all known: what is not asked for is an error.
struct ConfigurationSection {
  private let file: String
  private let path: [String]
  private let line: Int?
  private let mapping: Node.Mapping
  private var unread: [(key: String, line: Int?, node: Node)] = []
  private var known: [String] = []

  init(_ mapping: Node.Mapping, file: String, path: [String], line: Int?) throws(ConfigurationFault) {
    self.file = file
    self.path = path
    self.line = line
    self.mapping = mapping
    for (key, value) in mapping {
      guard let name = key.scalar?.string else {
        throw ConfigurationFault(
          file: file, line: key.mark?.line, setting: path.joined(separator: "."), reason: "a setting's name is not text"
        )
      }
      unread.append((name, key.mark?.line, value))
    }
  }

  /// The value of a setting, or nil when it is not given.
  mutating func value(_ key: String) -> ConfigurationValue? {
    known.append(key)
    guard let index = unread.firstIndex(where: { $0.key == key }) else { return nil }
    let entry = unread.remove(at: index)
    return ConfigurationValue(node: entry.node, file: file, path: path + [key], line: entry.line)
  }

  /// The value of a setting that must be given.
  mutating func required(_ key: String) throws(ConfigurationFault) -> ConfigurationValue {
    if let value = value(key) { return value }
    let lookalike = unread.first { $0.key.prefix(3) == key.prefix(3) }
    throw fault(at: key, lookalike.map { "is missing; is '\($0.key)' a misspelling of it?" } ?? "is missing")
  }

  /// The section under a key, or nil when it is not given.
  mutating func section(_ key: String) throws(ConfigurationFault) -> ConfigurationSection? {
    try value(key).map { value throws(ConfigurationFault) in try value.section() }
  }

  /// Every entry of a section whose keys are names chosen by the user, in the file's order.
  mutating func namedValues() -> [(name: String, value: ConfigurationValue)] {
    defer { unread.removeAll() }
    return unread.map { entry in
      (entry.key, ConfigurationValue(node: entry.node, file: file, path: path + [entry.key], line: entry.line))
    }
  }

  /// Refuses the first setting that nothing asked for.
  func finish() throws(ConfigurationFault) {
    guard let stray = unread.first else { return }
    let place = path.isEmpty ? "" : " in '\(path.joined(separator: "."))'"
    throw ConfigurationFault(
      file: file, line: stray.line, setting: (path + [stray.key]).joined(separator: "."),
      reason: "unknown setting\(place); known ones are \(known.joined(separator: ", "))")
  }

  /// A fault of the section, or of a setting in it by its path, such as `tiers.1.notional`; a setting that is not given
  /// is placed at the deepest one on its path that is.
  func fault(at key: String? = nil, _ reason: String) -> ConfigurationFault {
    ConfigurationFault(
      file: file, line: key.flatMap { Node.mapping(mapping).line(ofSetting: $0) } ?? line,
      setting: (path + (key.map { [$0] } ?? [])).joined(separator: "."), reason: reason)
  }
}
