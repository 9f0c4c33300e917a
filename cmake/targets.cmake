# How targets of this project are made, and which folder may use which.

# The arrows of docs/architecture.md. A folder that is not named here may use nothing.
set(SFMKIT_ARROWS_platform "")
set(SFMKIT_ARROWS_wire platform)
set(SFMKIT_ARROWS_findings platform)
set(SFMKIT_ARROWS_mockserver platform wire findings)
set(SFMKIT_ARROWS_client platform wire)
set(SFMKIT_ARROWS_verifier platform wire findings)
set(SFMKIT_ARROWS_fixtures platform wire)
set(SFMKIT_ARROWS_fuzz platform wire findings mockserver client verifier)
set(SFMKIT_ARROWS_cli platform wire findings mockserver client verifier fixtures)
set(SFMKIT_ARROWS_docs platform client)

add_library(sfmkit_options INTERFACE)
target_include_directories(sfmkit_options INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_definitions(sfmkit_options INTERFACE SFMKIT_VERSION="${PROJECT_VERSION}")
target_compile_options(
  sfmkit_options
  INTERFACE -Wall
            -Wextra
            -Wpedantic
            -Wshadow
            -Wconversion
            -Wsign-conversion
            -Wold-style-cast
            -Wnon-virtual-dtor
            -Woverloaded-virtual
            -Wcast-qual
            -Wswitch-enum
            -Wimplicit-fallthrough)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # False alarms of g++ 12: literals joined to a std::string are taken for overlapping or endless
  # copies (GCC bug 105651), empty optionals for uninitialised values, and coroutine frames of Asio,
  # which it sees made by aligned_alloc, for mismatched with their own operator delete. Clang and the
  # sanitizers watch for real ones.
  target_compile_options(
    sfmkit_options
    INTERFACE -Wno-restrict
              -Wno-stringop-overflow
              -Wno-stringop-overread
              -Wno-array-bounds
              -Wno-maybe-uninitialized
              -Wno-mismatched-new-delete)
endif()
if(SFMKIT_WARNINGS_AS_ERRORS)
  target_compile_options(sfmkit_options INTERFACE -Werror)
endif()
if(CMAKE_BUILD_TYPE MATCHES "Rel")
  target_compile_options(sfmkit_options INTERFACE -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2
                                                  -fstack-protector-strong)
endif()
if(SFMKIT_SANITIZERS)
  target_compile_options(sfmkit_options INTERFACE -fsanitize=${SFMKIT_SANITIZERS}
                                                  -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(sfmkit_options INTERFACE -fsanitize=${SFMKIT_SANITIZERS})
endif()

# Headers that most sources read, parsed once for all of them. Presets of CI use it to save time; the
# release preset does so for tests only, and there each source of the program has to name what it
# needs. CMake asks for a source.
file(WRITE ${CMAKE_BINARY_DIR}/precompiled.cpp "")

# sfmkit_precompile(<name> FOR <program|tests> LIBRARIES <target>... HEADERS <header>...)
function(sfmkit_precompile name)
  cmake_parse_arguments(PARSE_ARGV 1 ARG "" "FOR" "LIBRARIES;HEADERS")
  if(NOT ARG_FOR IN_LIST SFMKIT_PRECOMPILED_HEADERS)
    return()
  endif()
  add_library(${name} OBJECT ${CMAKE_BINARY_DIR}/precompiled.cpp)
  target_link_libraries(${name} PRIVATE sfmkit_options ${ARG_LIBRARIES})
  target_precompile_headers(${name} PRIVATE ${ARG_HEADERS})
  if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    # Without it ccache takes each build's headers for new ones.
    target_compile_options(${name} PRIVATE "SHELL:-Xclang -fno-pch-timestamp")
  endif()
endfunction()

# sfmkit_reuse_precompiled(<target> <name>): a target that reads those headers already parsed.
function(sfmkit_reuse_precompiled target name)
  if(TARGET ${name})
    target_precompile_headers(${target} REUSE_FROM ${name})
  endif()
endfunction()

# sfmkit_library(<folder> SOURCES <file>... [LIBRARIES <external target>...])
#
# Makes the library of a folder. It is linked with exactly the folders that SFMKIT_ARROWS_<folder>
# names; LIBRARIES is for targets from outside, so a sibling cannot be slipped in.
function(sfmkit_library folder)
  cmake_parse_arguments(PARSE_ARGV 1 ARG "" "" "SOURCES;LIBRARIES")
  if(NOT DEFINED SFMKIT_ARROWS_${folder})
    message(FATAL_ERROR "cmake/targets.cmake has no arrows for the folder ${folder}")
  endif()
  foreach(library IN LISTS ARG_LIBRARIES)
    if(library MATCHES "^sfmkit_")
      message(FATAL_ERROR "${folder} links ${library}; folders are linked through SFMKIT_ARROWS only")
    endif()
  endforeach()
  add_library(sfmkit_${folder} STATIC ${ARG_SOURCES})
  target_link_libraries(sfmkit_${folder} PUBLIC sfmkit_options)
  foreach(used IN LISTS SFMKIT_ARROWS_${folder})
    if(TARGET sfmkit_${used})
      target_link_libraries(sfmkit_${folder} PUBLIC sfmkit_${used})
    endif()
  endforeach()
  target_link_libraries(sfmkit_${folder} PUBLIC ${ARG_LIBRARIES})
  sfmkit_reuse_precompiled(sfmkit_${folder} sfmkit_precompiled)
endfunction()

# sfmkit_embed(<output.cpp> <file> HEADER <include> FUNCTION <name> NAMESPACE <name>)
#
# Makes a source in the build folder whose function returns the bytes of the file.
function(sfmkit_embed output file)
  cmake_parse_arguments(PARSE_ARGV 2 ARG "" "HEADER;FUNCTION;NAMESPACE" "")
  set(script ${PROJECT_SOURCE_DIR}/cmake/embed_file.cmake)
  add_custom_command(
    OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/${output}
    COMMAND
      ${CMAKE_COMMAND} -D INPUT=${CMAKE_CURRENT_SOURCE_DIR}/${file} -D
      OUTPUT=${CMAKE_CURRENT_BINARY_DIR}/${output} -D HEADER=${ARG_HEADER} -D
      FUNCTION=${ARG_FUNCTION} -D NAMESPACE=${ARG_NAMESPACE} -P ${script}
    DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${file} ${script}
    COMMENT "Embedding ${file}"
    VERBATIM)
endfunction()
