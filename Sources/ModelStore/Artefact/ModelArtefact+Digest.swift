extension ModelArtefact {
  /// The SHA-256 of the model's file, `model.json`, in hexadecimal digits: by it ledger and metrics name the model.
  ///
  /// - Throws: `EncodingError` when its settings have no JSON form, which no stored model lacks.
  public func digest() throws -> String { Manifest.digest(of: Array(try StableJSON.text(of: self).utf8)) }
}
