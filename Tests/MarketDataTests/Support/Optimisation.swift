/// Whether the tests run without optimisation, where long ones do a part of their work only.
let isUnoptimised: Bool = {
  #if DEBUG
    true
  #else
    false
  #endif
}()
