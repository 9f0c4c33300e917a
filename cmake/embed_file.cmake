# Turns a file into a C++ source that holds its bytes, without any other program:
#
# cmake -D INPUT=<file> -D OUTPUT=<file.cpp> -D HEADER=<include> -D FUNCTION=<name>
#       -D NAMESPACE=<name> -P embed_file.cmake
#
# The header declares `std::string_view FUNCTION();` in the namespace.
file(READ "${INPUT}" digits HEX)
# Sixteen bytes a line: an endless line is hard on compilers and debuggers.
string(REGEX REPLACE "(................................)" "\\1\n" rows "${digits}")
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${rows}")
file(
  WRITE "${OUTPUT}"
  "#include \"${HEADER}\"\n\n"
  "namespace ${NAMESPACE} {\n\n"
  "std::string_view ${FUNCTION}() {\n"
  "    static constexpr char bytes[] = {\n${bytes}\n};\n"
  "    return {bytes, sizeof bytes};\n"
  "}\n\n"
  "}  // namespace ${NAMESPACE}\n")
