public import Validation

extension Figures {
  /// A scaled estimate with its interval in brackets, such as `99.07 % [98.57, 99.48]`.
  public static func interval(_ estimate: Estimate, scale: Double, places: Int, unit: String = "") -> String {
    func figure(_ value: Double?) -> String { decimal(value.map { $0 * scale }, places) }
    guard estimate.value != nil else { return absent }
    guard estimate.low != nil, estimate.high != nil else { return figure(estimate.value) + unit }
    return "\(figure(estimate.value))\(unit) [\(figure(estimate.low)), \(figure(estimate.high))]"
  }
}
