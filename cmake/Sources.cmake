# Lists of sources, found by folder: adding a file is enough.

# All .c files below the given folders. A folder that is still empty yields one empty unit, because a
# library without any source cannot be configured.
function(robync_sources result)
    set(found "")
    foreach(folder IN LISTS ARGN)
        file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${folder}/*.c)
        list(APPEND found ${sources})
    endforeach()
    if(NOT found)
        set(found ${CMAKE_BINARY_DIR}/empty.c)
        file(CONFIGURE OUTPUT ${found} CONTENT "extern int empty_unit;\n")
    endif()
    set(${result} ${found} PARENT_SCOPE)
endfunction()
