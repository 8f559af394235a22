"""Contents, printing, Word, the decree. Pure: the rendering child imports it too."""
