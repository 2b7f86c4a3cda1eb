# usual_repository FOLDER links the usual local repository of Maven into a folder, without our artifacts: nothing may come from
# an earlier "install". Sourced by the scripts that build projects of users.
usual_repository() {
  local usual=$HOME/.m2/repository
  link_all_but() {
    local each
    mkdir -p "$2"
    for each in "$1"/*; do
      [[ ! -e $each || ${each##*/} == "$3" ]] || ln -s "$each" "$2"
    done
  }
  link_all_but "$usual" "$1" io
  link_all_but "$usual/io" "$1/io" github
  link_all_but "$usual/io/github" "$1/io/github" persona4j
}
