/// A symmetric matrix of doubles, stored in full, column by column.
///
/// Both triangles always agree: an assignment to one element sets its mirror image too.
public struct SymmetricMatrix: Hashable, Sendable {
  /// The number of rows, which is the number of columns.
  public let order: Int
  /// All elements, column by column; `order * order` of them.
  public private(set) var elements: [Double]

  /// The zero matrix of the given order, which must not be negative.
  public init(order: Int) {
    precondition(order >= 0, "a matrix cannot have a negative order")
    self.order = order
    elements = [Double](repeating: 0, count: order * order)
  }

  /// The matrix whose lower triangle is that of `lowerTriangleOf`; what stands above the diagonal is ignored.
  ///
  /// - Precondition: `elements` holds `order * order` values, column by column.
  /// - Complexity: O(order²).
  public init(order: Int, lowerTriangleOf elements: [Double]) {
    precondition(order >= 0 && elements.count == order * order, "a matrix of order n needs n² elements")
    self.order = order
    self.elements = elements
    for column in 0..<order {
      for row in column..<order {
        self.elements[row * order + column] = elements[column * order + row]
      }
    }
  }

  /// The element at the row and column, each in `0 ..< order`.
  public subscript(row: Int, column: Int) -> Double {
    get { elements[column * order + row] }
    set {
      elements[column * order + row] = newValue
      elements[row * order + column] = newValue
    }
  }

  /// The elements on the diagonal, from the first row to the last.
  public var diagonal: [Double] {
    (0..<order).map { self[$0, $0] }
  }

  /// The product with a vector of `order` values.
  ///
  /// - Complexity: O(order²).
  public func multiplied(by vector: [Double]) -> [Double] {
    precondition(vector.count == order, "the vector's length must be the matrix's order")
    var product = [Double](repeating: 0, count: order)
    for column in 0..<order {
      let factor = vector[column]
      for row in 0..<order { product[row] += elements[column * order + row] * factor }
    }
    return product
  }

  /// The largest sum of absolute values in a column (the 1-norm).
  package var oneNorm: Double {
    var largest = 0.0
    for column in 0..<order {
      var sum = 0.0
      for row in 0..<order { sum += abs(elements[column * order + row]) }
      largest = max(largest, sum)
    }
    return largest
  }
}
