public import Boosting
public import Features
public import Labels
public import Learning
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

  /// Which kinds of model are fitted, and which of them is stored.
  public enum Family: Hashable, Sendable {
    /// This one; for a blend its two parts are fitted and judged beside it.
    case one(ModelFamily)
    /// All are fitted and judged; the simplest whose walk-forward log loss is at most `1 + margin` times the least is
    /// stored.
    case best(margin: Double)

    /// The kinds that are fitted and judged, the simplest first.
    public var judged: [ModelFamily] {
      switch self {
      case .one(.logistic): [.logistic]
      case .one(.boosting): [.boosting]
      case .one(.blend), .best: ModelFamily.allCases
      }
    }
  }

  /// What the model reads and how it is fitted.
  public struct Model: Sendable {
    /// Which kinds of model are fitted.
    public let family: Family
    /// The features that the model reads; nil reads all.
    public let inputs: [String]?
    /// The least log depth relative to the threshold that the model sees.
    public let relativeFloor: Double
    /// Centring, scaling, clipping and bending of the logistic regression's columns.
    public let design: DesignConfiguration
    /// Ridge, or Firth's penalty for rare events.
    public let method: LogisticConfiguration.Method
    /// The penalties of the logistic regression to choose from; empty only where none is fitted.
    public let penalties: [Double]
    /// The age at which an example counts half; nil counts all alike.
    public let recencyHalfLife: TimeSpan?
    /// How trees are grown.
    public let boosting: Boosting
  }

  /// How trees are grown.
  public struct Boosting: Hashable, Sendable {
    /// Where the directions come from in which a column may move the log-odds.
    public enum Monotone: String, CaseIterable, Sendable {
      /// From the feature catalogue: more depth never means more risk.
      case catalogue
      /// No column is constrained.
      case none
    }

    /// Ending early on rows that the trees are not grown on.
    public struct EarlyStopping: Hashable, Sendable {
      /// The share of the fitted rows, the last in time, on which the loss is watched.
      public let share: Double
      /// The number of rounds without a lower loss after which growing ends.
      public let patience: Int
    }

    /// The settings of the learner; its patience is that of `earlyStopping`.
    public let learner: BoostingConfiguration
    /// Which columns are constrained.
    public let monotone: Monotone
    /// Ending early; nil grows every round.
    public let earlyStopping: EarlyStopping?
  }

  /// What stands beside a probability.
  public enum Interval: String, CaseIterable, Sendable {
    /// Nothing.
    case none
    /// The two probabilities of a Venn-Abers predictor fitted to walk-forward predictions.
    case vennAbers
  }

  /// How quantiles of the close-out loss are learned.
  public struct CloseOutQuantile: Hashable, Sendable {
    /// The levels, rising.
    public let levels: [Double]
    /// The sizes of position in quote currency, rising, that of the task's liquidation among them.
    public let notionals: [Double]
    /// The features that both routes read; nil reads those of the classifier.
    public let inputs: [String]?
    /// The least loss; smaller and negative ones count as this.
    public let lossFloor: BasisPoints
    /// The share of the rows, the last in time, on which the quantiles are corrected.
    public let calibrationShare: Double
    /// The level from which on the tail of the standardised loss is a generalised Pareto distribution.
    public let tailThreshold: Double
    /// The penalty of the regression for the scale.
    public let penalty: Double
    /// How the trees of the quantiles are grown.
    public let boosting: Boosting
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
  /// What stands beside a probability.
  public let interval: Interval
  /// How quantiles of the close-out loss are learned; nil learns none.
  public let closeOutQuantile: CloseOutQuantile?
  /// How the training window is cut for validation.
  public let validation: Validation
  /// The least walk-forward skill over the best baseline at which a model is promoted.
  public let minimumSkill: Double
  /// Which settings of trees `tune` may choose; training does not look at it.
  public let search: SearchSpace
  /// The file's text, word for word.
  public let text: String
}
