// However a session ended, this page comes next: what its person searched for last leaves the tab with them.
sessionStorage.removeItem("last-search");
