public import Validation

/// How a stored model came about.
public enum ModelOrigin: Sendable {
  /// It was trained, validated and judged by this program.
  case trained(TrainingRecord)
  /// Its classifier was trained elsewhere, and nothing here has judged it.
  case imported(ImportRecord)

  /// The training that gave the model; nil for an imported one.
  public var training: TrainingRecord? {
    switch self {
    case .trained(let record): record
    case .imported: nil
    }
  }

  /// The event rates of the window that thresholds and baselines come from.
  public var rates: ReferenceRates {
    switch self {
    case .trained(let record): record.rates
    case .imported(let record): record.template.rates
    }
  }
}

extension ModelOrigin: Codable {
  private enum CodingKeys: String, CodingKey { case imported }

  /// Reads the record of an import under `imported`, or else that of a training.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    if values.contains(.imported) {
      self = .imported(try values.decode(ImportRecord.self, forKey: .imported))
    } else {
      self = .trained(try TrainingRecord(from: decoder))
    }
  }

  /// Writes the fields of a training, or the record of an import under `imported`.
  public func encode(to encoder: any Encoder) throws {
    switch self {
    case .trained(let record):
      try record.encode(to: encoder)
    case .imported(let record):
      var values = encoder.container(keyedBy: CodingKeys.self)
      try values.encode(record, forKey: .imported)
    }
  }
}
