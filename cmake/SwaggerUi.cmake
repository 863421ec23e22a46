# librobync_docs.a: Swagger UI, compressed, for servers whose spec has docs. From npm, pinned by
# runtime/docs/package-lock.json and installed once. Without npm or network robync is built without it, and
# `robync build` of such a spec says so.
option(ROBYNC_SWAGGER_UI "Build the documentation page's files into the runtime kit (needs npm, once)" ON)

set(swagger_ui_folder ${ROBYNC_DEPS_DIR}/swagger-ui)
set(swagger_ui_files ${swagger_ui_folder}/node_modules/swagger-ui-dist)

function(robync_fetch_swagger_ui)
    set(lock ${CMAKE_SOURCE_DIR}/runtime/docs/package-lock.json)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${lock})
    execute_process(COMMAND ${CMAKE_COMMAND} -E compare_files ${lock} ${swagger_ui_folder}/installed.json
        RESULT_VARIABLE changed ERROR_QUIET)
    if(NOT changed)
        return()
    endif()
    find_program(NPM npm)
    if(NOT NPM)
        message(STATUS "Swagger UI: no npm, so robync is built without documentation pages")
        return()
    endif()
    message(STATUS "Swagger UI: installing swagger-ui-dist below ${swagger_ui_folder}")
    file(COPY ${CMAKE_SOURCE_DIR}/runtime/docs/package.json ${lock} DESTINATION ${swagger_ui_folder})
    execute_process(COMMAND ${NPM} ci --ignore-scripts --no-audit --no-fund --loglevel=error
        WORKING_DIRECTORY ${swagger_ui_folder} RESULT_VARIABLE failed OUTPUT_QUIET)
    if(failed)
        message(STATUS "Swagger UI: npm failed, so robync is built without documentation pages")
        return()
    endif()
    file(COPY_FILE ${lock} ${swagger_ui_folder}/installed.json)
endfunction()

if(ROBYNC_SWAGGER_UI)
    robync_fetch_swagger_ui()
endif()
