#pragma once

namespace sfmkit::client {

class XmlWriter;
struct Order;
struct PrescriptionInfo;

/// Writes `LegemiddelForskrivningsInfo` or, for supplies, `HandelsvareForskrivningsInfo`.
void write_prescription_info(XmlWriter& xml, const Order& order, const PrescriptionInfo& info);

}  // namespace sfmkit::client
