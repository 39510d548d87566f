/// A key as it stands in stored text, known or not.
private struct StoredKey: CodingKey {
  let stringValue: String
  let intValue: Int? = nil
  init?(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { return nil }
}

extension Decoder {
  /// The values stored under the keys of `Key`, or an error that names the first key, in alphabetic order, that is
  /// not one of them.
  package func closedContainer<Key: CodingKey & CaseIterable>(
    keyedBy type: Key.Type
  ) throws -> KeyedDecodingContainer<Key> {
    let known = Key.allCases.map(\.stringValue)
    let stored = try container(keyedBy: StoredKey.self).allKeys.map(\.stringValue)
    if let unknown = stored.filter({ !known.contains($0) }).min() {
      throw corrupted("'\(unknown)' is not a key of this object")
    }
    return try container(keyedBy: type)
  }

  /// The error for stored values that break a rule.
  package func corrupted(_ rule: String) -> DecodingError {
    .dataCorrupted(DecodingError.Context(codingPath: codingPath, debugDescription: rule))
  }
}
