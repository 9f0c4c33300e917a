#include "client/upload/export_listing.hpp"
#include "fuzz/simulator/memory_files.hpp"
#include "fuzz/simulator/virtual_clock.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sfmkit::client {
namespace {

using platform::Errc;
using testing::ElementsAre;
using wire::sfm::FileKind;

struct World {
    fuzz::VirtualClock clock;
    fuzz::MemoryFiles files{clock};
};

std::vector<std::string> names_of(const std::vector<ExportFile>& files) {
    std::vector<std::string> names;
    for (const ExportFile& file : files) names.push_back(file.name);
    return names;
}

TEST(ExportListing, WholeExport_IsListedInTheOrderOfSending) {
    World world;
    for (const char* name :
         {"ExportData.dat",
          "Index.txt",
          ".ledger",
          "Patients10/a.pat",
          "Patients2/b.pat",
          "Patients0/d.pat",
          "Patients0/c.pat",
          "Reports0/r.rpt"}) {
        world.files.put(std::string("x/") + name, "12345");
    }
    const auto listing = list_export(world.files, "x");
    ASSERT_TRUE(listing.has_value());
    EXPECT_EQ(listing->organisation.name, "ExportData.dat");
    EXPECT_EQ(listing->organisation.kind, FileKind::organisation);
    EXPECT_EQ(listing->organisation.size_bytes, 5U);
    EXPECT_THAT(
        names_of(listing->others),
        ElementsAre(
            "Patients0/c.pat",
            "Patients0/d.pat",
            "Patients2/b.pat",
            "Patients10/a.pat",
            "Reports0/r.rpt"
        )
    );
    EXPECT_EQ(listing->others.front().kind, FileKind::patient);
    EXPECT_EQ(listing->others.back().kind, FileKind::report);
    EXPECT_TRUE(listing->skipped.empty());
}

TEST(ExportListing, WhatIsNoPartOfAnExport_StaysBehindAndIsTold) {
    World world;
    for (const char* name :
         {"ExportData.dat",
          "Thumbs.db",
          "Patients0/a.pat",
          "Patients0/A.PAT",
          "Patients0/b.xps",
          "Patients_old/c.pat",
          "Patients01/d.pat",
          "reports0/e.rpt",
          "Extra/f.dat"}) {
        world.files.put(std::string("x/") + name, "1");
    }
    const auto listing = list_export(world.files, "x");
    ASSERT_TRUE(listing.has_value());
    EXPECT_THAT(names_of(listing->others), ElementsAre("Patients0/a.pat"));
    EXPECT_THAT(
        listing->skipped,
        testing::UnorderedElementsAre(
            "Thumbs.db",
            "Patients0/A.PAT",
            "Patients0/b.xps",
            "Patients_old",
            "Patients01",
            "reports0",
            "Extra"
        )
    );
}

TEST(ExportListing, NoOrganisationFile_IsMalformed) {
    World world;
    world.files.put("x/exportdata.dat", "1");
    world.files.put("x/Patients0/a.pat", "1");
    const auto listing = list_export(world.files, "x");
    ASSERT_FALSE(listing.has_value());
    EXPECT_EQ(listing.error().code, Errc::malformed);
    EXPECT_EQ(platform::exit_code_for(listing.error().code), 1);
    EXPECT_NE(listing.error().expected.find("ExportData.dat"), std::string::npos);
}

TEST(ExportListing, NoFolder_IsNotFound) {
    World world;
    world.files.put("x/ExportData.dat", "1");
    for (const char* folder : {"y", "x/ExportData.dat"}) {
        const auto listing = list_export(world.files, folder);
        ASSERT_FALSE(listing.has_value());
        EXPECT_EQ(listing.error().code, Errc::not_found);
    }
}

}  // namespace
}  // namespace sfmkit::client
