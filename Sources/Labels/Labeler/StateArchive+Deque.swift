import Checkpoints
import DequeModule

extension StateArchive {
  /// Writes the values of a deque, or replaces them.
  mutating func exchange<Value: StateValue>(deque: inout Deque<Value>) throws(StateFault) {
    var values = Array(deque)
    try exchange(&values)
    deque = Deque(values)
  }
}
