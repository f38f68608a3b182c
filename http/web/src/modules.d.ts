declare module 'virtual:outlines' {
  const outlines: import('../build_outlines').Outlines;
  export default outlines;
}
