/// The text form in which LightGBM stores a model, version 4.
///
/// Read are models of one yes-or-no event with numerical splits; see ``parse(_:file:)`` for what is refused. LightGBM
/// rounds values within 1e-35 of zero to zero before its trees see them; here they keep their value.
/// Source: LightGBM 4.7, `src/boosting/gbdt_model_text.cpp` and `src/io/tree.cpp`, https://github.com/microsoft/LightGBM.
public enum LightGBMText {
  /// What the number of a split's decision says.
  enum Decision {
    static let isCategorical = 1
    static let missingGoesLeft = 2
    /// How undefined values are recognised, in the two bits above.
    enum Missing: Int {
      /// Not at all: NaN counts as zero.
      case none = 0
      /// NaN and zero go to the missing side.
      case zero = 1
      /// NaN goes to the missing side.
      case nan = 2
    }
  }

  /// The largest value that LightGBM takes for zero, as the negative of the smallest.
  static let zeroReach = Double(1e-35 as Float)
}
