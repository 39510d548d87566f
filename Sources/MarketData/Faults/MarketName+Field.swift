package import Markets

extension MarketName {
  /// Takes the name that a field of a record holds.
  ///
  /// - Throws: `FieldFault` for text that is empty or too long to be a name.
  package init(_ text: String, field: String) throws(FieldFault) {
    guard let name = MarketName(text) else { throw FieldFault(field: field, reason: Self.fault) }
    self = name
  }
}
