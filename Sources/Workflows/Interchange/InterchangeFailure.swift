/// Why a model's trees could not be handed to, or taken from, another program.
public enum InterchangeFailure: Error, Hashable, Sendable {
  /// The model is a logistic regression.
  case noTrees(model: String)
  /// The model mixes a logistic regression with trees, and the trees alone were not asked for.
  case blend(model: String)
  /// The file is not a model that can be read; the text names the file, the line and the reason.
  case unreadable(String)
  /// The file's columns are not the model's inputs: these inputs are missing from it, these columns are no inputs.
  case otherColumns(file: String, missing: [String], unknown: [String])
  /// The file names columns more than once.
  case repeatedColumns(file: String, [String])
  /// The file names no columns and has another number of them than the model has inputs.
  case columnCount(file: String, Int, inputs: Int)
}

extension InterchangeFailure: CustomStringConvertible {
  /// The failure in one sentence.
  public var description: String {
    switch self {
    case .noTrees(let model):
      "\(model) is a logistic regression and has no trees; only a model of the family 'boosting', or the boosted part of a blend, can be written as trees"
    case .blend(let model):
      "\(model) is a blend of a logistic regression and trees, which is not one tree model; '--part boosted' writes its trees alone, whose log-odds are not the blend's"
    case .unreadable(let fault): fault
    case .otherColumns(let file, let missing, let unknown):
      "\(file): the columns are not the model's inputs: "
        + [
          missing.isEmpty ? nil : "missing \(missing.joined(separator: ", "))",
          unknown.isEmpty ? nil : "unknown \(unknown.joined(separator: ", "))",
        ].compactMap(\.self).joined(separator: "; ")
    case .repeatedColumns(let file, let names):
      "\(file): columns stand more than once: \(names.joined(separator: ", "))"
    case .columnCount(let file, let count, let inputs):
      "\(file): the file names no columns and has \(count) of them, while the model reads \(inputs) inputs"
    }
  }
}
