#pragma once

#include "client/encoder/synthetic/norwegian_time.hpp"

#include <string_view>

namespace sfmkit::client {

class XmlWriter;
struct Order;

/// Where the elements of an order stand: the same ones occur in the patient document, which has one
/// namespace, and in messages, which have others.
struct OrderNamespaces {
    std::string_view document = {};     ///< of the whole; empty: that of the parent
    std::string_view prescribing = {};  ///< of `Forskrivning` and below; empty: that of the parent
};

/// Writes `ReseptDokLegemiddel`.
void write_drug_order(
    XmlWriter& xml, const Order& order, LocalDate start, const OrderNamespaces& namespaces = {}
);
/// Writes `ReseptDokHandelsvare`. start: the day of the prescription, for prices.
void write_supply_order(XmlWriter& xml, const Order& order, LocalDate start);

}  // namespace sfmkit::client
