extension String {
  /// The text with each Unicode scalar for which `replacement` is not nil replaced.
  ///
  /// Formats are read scalar by scalar: a quote with a combining accent is another character, but still ends a cell.
  func replacingScalars(_ replacement: (Unicode.Scalar) -> String?) -> String {
    var scalars = UnicodeScalarView()
    for scalar in unicodeScalars {
      if let replacement = replacement(scalar) {
        scalars.append(contentsOf: replacement.unicodeScalars)
      } else {
        scalars.append(scalar)
      }
    }
    return String(scalars)
  }
}
