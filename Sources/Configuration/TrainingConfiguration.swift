public import Features
public import Labels
public import LinearModels
public import Markets

/// Everything that a training run is told, typed and closed.
public struct TrainingConfiguration: Sendable {
  /// How log-odds become probabilities.
  public enum Calibration: String, CaseIterable, Sendable {
    /// The model's own log-odds.
    case none
    /// A straight line fitted to walk-forward predictions.
    case platt
    /// A monotone step function fitted to walk-forward predictions.
    case isotonic
  }

  /// What the model reads and how it is fitted.
  public struct Model: Sendable {
    /// The features that the model reads; nil reads all.
    public let inputs: [String]?
    /// The least log depth relative to the threshold that the model sees.
    public let relativeFloor: Double
    /// Centring, scaling, clipping and bending of the columns.
    public let design: DesignConfiguration
    /// Ridge, or Firth's penalty for rare events.
    public let method: LogisticConfiguration.Method
    /// The penalties to choose from.
    public let penalties: [Double]
    /// The age at which an example counts half; nil counts all alike.
    public let recencyHalfLife: TimeSpan?
  }

  /// How the training window is cut for validation.
  public struct Validation: Sendable {
    /// The number of walk-forward folds.
    public let folds: Int
    /// The share of the window before the first fold.
    public let firstTrainingShare: Double
    /// The least time from a training origin to the first evaluation origin; nil is latency and horizon, the shortest.
    public let embargo: TimeSpan?
    /// The number of bootstrap resamples.
    public let resamples: Int
    /// The bootstrap's seed.
    public let seed: UInt64
  }

  /// The model's name.
  public let name: String
  /// What is predicted.
  public let task: ShortfallTask
  /// How features are computed.
  public let features: FeatureConfiguration
  /// What the model reads and how it is fitted.
  public let model: Model
  /// How log-odds become probabilities.
  public let calibration: Calibration
  /// How the training window is cut for validation.
  public let validation: Validation
  /// The least walk-forward skill over the best baseline at which a model is promoted.
  public let minimumSkill: Double
  /// The file's text, word for word.
  public let text: String
}
