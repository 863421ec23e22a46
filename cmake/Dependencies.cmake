# The libraries that robync needs: libmicrohttpd for the servers, cJSON for the compiler, libidn2 for both.

find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(Python3 3.9 REQUIRED COMPONENTS Interpreter)

pkg_check_modules(cjson REQUIRED IMPORTED_TARGET libcjson)
pkg_check_modules(idn2 REQUIRED IMPORTED_TARGET libidn2)

# libmicrohttpd 1.0.10 or later; older ones answer smuggled requests. In this order: the tree that the
# user names, the system's, one that we build.
if(NOT ROBYNC_MICROHTTPD_SOURCE)
    pkg_check_modules(microhttpd IMPORTED_TARGET libmicrohttpd>=1.0.10)
endif()
add_library(robync_microhttpd INTERFACE)
if(microhttpd_FOUND)
    set(ROBYNC_MICROHTTPD_PREFIX "")
    target_link_libraries(robync_microhttpd INTERFACE PkgConfig::microhttpd)
else()
    if(ROBYNC_MICROHTTPD_SOURCE)
        set(ROBYNC_MICROHTTPD_PREFIX ${CMAKE_BINARY_DIR}/microhttpd)
        set(source_argument --source ${ROBYNC_MICROHTTPD_SOURCE})
    else()
        set(ROBYNC_MICROHTTPD_PREFIX ${ROBYNC_DEPS_DIR}/microhttpd)
        set(source_argument "")
    endif()
    execute_process(
        COMMAND ${CMAKE_SOURCE_DIR}/cmake/build-microhttpd --prefix ${ROBYNC_MICROHTTPD_PREFIX} ${source_argument}
        COMMAND_ERROR_IS_FATAL ANY)
    target_include_directories(robync_microhttpd SYSTEM INTERFACE ${ROBYNC_MICROHTTPD_PREFIX}/include)
    target_link_libraries(robync_microhttpd INTERFACE
        ${ROBYNC_MICROHTTPD_PREFIX}/lib/libmicrohttpd.a Threads::Threads)
endif()
