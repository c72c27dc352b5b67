// However a session ended, this page comes next: what its person searched for last leaves the tab with them.
for (const one of ["last-search", "cards-search"]) sessionStorage.removeItem(one);
