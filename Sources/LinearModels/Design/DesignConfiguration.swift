internal import Learning

/// How the raw columns become the columns of a linear model.
public struct DesignConfiguration: Hashable, Sendable {
  /// What is subtracted from a value before it is scaled.
  public enum Centring: String, Codable, Sendable, CaseIterable {
    /// Nothing.
    case none
    /// The column's median over all training rows.
    case pooledMedian
    /// The column's median over the training rows of the same group; over all of them where the group has none.
    case groupMedian
  }

  /// What a value is divided by after it is centred.
  public enum Scaling: String, Codable, Sendable, CaseIterable {
    /// Nothing.
    case none
    /// The column's standard deviation over all training rows.
    case standardDeviation
  }

  /// A further column made from a scaled and clipped one, so that the model can bend.
  public struct Expansion: Hashable, Sendable {
    /// The shape of the further column, in the scaled value z.
    public enum Kind: String, Codable, Sendable, CaseIterable {
      /// max(0, knot − z): how far the value lies below the knot.
      case hingeBelow
      /// max(0, z − knot): how far the value lies above the knot.
      case hingeAbove
      /// (z − knot)².
      case square
    }

    /// The name of the column.
    public let column: String
    /// The shape.
    public let kind: Kind
    /// Where the shape starts, in scaled units: standard deviations from the median.
    public let knot: Double

    /// Creates an expansion.
    public init(column: String, kind: Kind, knot: Double = 0) {
      self.column = column
      self.kind = kind
      self.knot = knot
    }
  }

  /// What is subtracted.
  public let centring: Centring
  /// What a value is divided by.
  public let scaling: Scaling
  /// The largest absolute value after scaling, above zero; nil clips nothing.
  public let clip: Double?
  /// The further columns, in the order in which they follow the plain ones.
  public let expansions: [Expansion]

  /// Centring by group, scaling by the standard deviation, clipped at five of them, no expansions.
  public static let standard = DesignConfiguration(
    unchecked: .groupMedian, scaling: .standardDeviation, clip: 5, expansions: [])

  /// The values as they are; only undefined ones are replaced.
  public static let raw = DesignConfiguration(unchecked: .none, scaling: .none, clip: nil, expansions: [])

  /// Creates a configuration.
  ///
  /// - Throws: A fault that names the setting when the clip or a knot is not a usable number, or two expansions are
  ///   the same.
  public init(
    centring: Centring = .groupMedian, scaling: Scaling = .standardDeviation, clip: Double? = 5,
    expansions: [Expansion] = []
  ) throws(LinearModelFault) {
    if let clip, !(clip > 0 && clip.isFinite) {
      throw LinearModelFault(setting: "clip", reason: "\(clip) is not a finite number above zero")
    }
    if let bent = expansions.first(where: { !$0.knot.isFinite }) {
      throw LinearModelFault(setting: "expansions", reason: "the knot of '\(bent.column)' is not finite")
    }
    if Set(expansions).count != expansions.count {
      throw LinearModelFault(setting: "expansions", reason: "two expansions are the same")
    }
    self.init(unchecked: centring, scaling: scaling, clip: clip, expansions: expansions)
  }

  private init(unchecked centring: Centring, scaling: Scaling, clip: Double?, expansions: [Expansion]) {
    self.centring = centring
    self.scaling = scaling
    self.clip = clip
    self.expansions = expansions
  }
}

extension DesignConfiguration.Expansion: Codable {
  private enum CodingKeys: String, CodingKey, CaseIterable { case column, kind, knot }

  /// Reads an expansion; the knot is 0 unless given.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.closedContainer(keyedBy: CodingKeys.self)
    self.init(
      column: try values.decode(String.self, forKey: .column), kind: try values.decode(Kind.self, forKey: .kind),
      knot: try values.decodeIfPresent(Double.self, forKey: .knot) ?? 0)
  }
}

extension DesignConfiguration: Codable {
  private enum CodingKeys: String, CodingKey, CaseIterable { case centring, scaling, clip, expansions }

  /// Reads a configuration and checks it; unknown keys are errors.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.closedContainer(keyedBy: CodingKeys.self)
    do {
      try self.init(
        centring: try values.decode(Centring.self, forKey: .centring),
        scaling: try values.decode(Scaling.self, forKey: .scaling),
        clip: try values.decodeIfPresent(Double.self, forKey: .clip),
        expansions: try values.decode([Expansion].self, forKey: .expansions))
    } catch let fault as LinearModelFault {
      throw decoder.corrupted(fault.description)
    }
  }
}
