/// What the values of a node's rows may at least and at most be.
package struct ValueBounds: Hashable, Sendable {
  /// The least value.
  package var lower = -Double.infinity
  /// The greatest value.
  package var upper = Double.infinity

  /// No bounds.
  package init() {}

  /// The value within the bounds that is nearest.
  package func clamped(_ value: Double) -> Double { min(max(value, lower), upper) }

  /// The bounds of the children of a node whose column is constrained: the one on the side of lower values stays at or
  /// below `boundary`, the other at or above it.
  package func divided(at boundary: Double, by constraint: MonotoneConstraint) -> (left: Self, right: Self) {
    var (below, above) = (self, self)
    below.upper = min(upper, boundary)
    above.lower = max(lower, boundary)
    switch constraint {
    case .none: return (self, self)
    case .increasing: return (below, above)
    case .decreasing: return (above, below)
    }
  }
}

/// What a node's value costs and which splits are allowed.
///
/// Rows with gradient G and Hessian H that get the value w change the objective by G w + (H + λ) w² / 2 + α |w|.
/// Source: T. Chen and C. Guestrin, "XGBoost", doi:10.1145/2939672.2939785, equations 4 to 7, with the L1 penalty α added.
package struct SplitRules: Sendable {
  package let l1: Double
  package let l2: Double
  package let minimumRows: Int
  package let minimumHessian: Double
  package let minimumGain: Double
  package let units: FixedPoint

  package init(_ configuration: BoostingConfiguration, units: FixedPoint) {
    l1 = configuration.l1
    l2 = configuration.l2
    minimumRows = configuration.minimumRows
    minimumHessian = configuration.minimumHessian
    minimumGain = configuration.minimumGain
    self.units = units
  }

  /// The value that costs least within bounds: −sign(G) max(|G| − α, 0) / (H + λ), clamped; 0 when no rows bend the cost.
  package func value(of sum: SIMD2<Int64>, within bounds: ValueBounds) -> Double {
    let curvature = units.hessian(of: sum) + l2
    return bounds.clamped(curvature > 0 ? -shrunk(units.gradient(of: sum)) / curvature : 0)
  }

  /// How much the objective falls when the rows get a value.
  package func reduction(of sum: SIMD2<Int64>, at value: Double) -> Double {
    let curvature = units.hessian(of: sum) + l2
    return -(units.gradient(of: sum) * value + curvature * value * value / 2 + l1 * abs(value))
  }

  /// How much the objective falls when the rows get the value that costs least.
  @inline(__always)
  package func largestReduction(of sum: SIMD2<Int64>) -> Double {
    let curvature = units.hessian(of: sum) + l2
    let gradient = shrunk(units.gradient(of: sum))
    return curvature > 0 ? gradient * gradient / (curvature + curvature) : 0
  }

  /// Whether rows may be a leaf.
  @inline(__always)
  package func allows(_ sum: SIMD2<Int64>) -> Bool {
    units.rows(of: sum) >= minimumRows && units.hessian(of: sum) >= minimumHessian
  }

  /// Whether rows may be worth a search: both children can have the least rows and Hessian.
  package func maySplit(_ sum: SIMD2<Int64>) -> Bool {
    units.rows(of: sum) / 2 >= minimumRows && units.hessian(of: sum) >= 2 * minimumHessian
  }

  @inline(__always)
  private func shrunk(_ gradient: Double) -> Double {
    if l1 == 0 { return gradient }
    return gradient > 0 ? max(gradient - l1, 0) : min(gradient + l1, 0)
  }
}
