// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.contract;

import dev.mailbox.delivery.Delivery;
import dev.mailbox.delivery.DeliveryHandler;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Handles messages, and keeps their subjects. */
final class Handled implements DeliveryHandler {
  private final List<String> subjects = new CopyOnWriteArrayList<>();

  @Override
  public void handle(Delivery delivery) {
    subjects.add(delivery.message().envelope().subject());
  }

  List<String> subjects() {
    return subjects;
  }

  int count() {
    return subjects.size();
  }
}
