package org.clickmill.testdata.generate;

/**
 * What visitors do, as probabilities. The defaults give about 47 % views, 28 % carts, 19 % removals
 * and 6 % purchases.
 *
 * @param shopping that a session does anything but view
 * @param cart that a shopping visitor puts something into the cart instead of viewing
 * @param removal that one with a cart takes something out
 * @param purchase that one with a cart buys all of it
 * @param oddPurchase that one without a cart buys something that was never in it
 * @param oddRemoval that one without a cart takes out what an earlier session put in
 */
record Behaviour(
    double shopping,
    double cart,
    double removal,
    double purchase,
    double oddPurchase,
    double oddRemoval) {
  static final Behaviour DEFAULT = new Behaviour(0.835, 0.475, 0.345, 0.10, 0.005, 0.155);
}
