/// Whether the terms tell the two outcomes apart without error, so that a likelihood alone has no finite best point.
///
/// Source: A. Albert and J. Anderson, doi:10.1093/biomet/71.1.1.
public struct Separation: Codable, Hashable, Sendable, CustomStringConvertible {
  /// How far the outcomes are separated.
  public enum Kind: String, Codable, Sendable {
    /// No separation was found.
    case none
    /// Some combination of the terms separates the outcomes but for rows on the border itself.
    case quasiComplete
    /// Some combination of the terms separates all rows.
    case complete
  }

  /// How far the outcomes are separated.
  public let kind: Kind
  /// The names of the terms that separate the outcomes on their own.
  public let terms: [String]

  /// Creates a finding.
  public init(kind: Kind, terms: [String]) {
    self.kind = kind
    self.terms = terms
  }

  /// The finding in words.
  public var description: String {
    let alone = terms.isEmpty ? "" : " (on their own: \(terms.joined(separator: ", ")))"
    return switch kind {
    case .none: "the outcomes are not separated"
    case .quasiComplete: "the outcomes are separated but for rows on the border\(alone)"
    case .complete: "the outcomes are separated completely\(alone)"
    }
  }
}
