namespace TakeItDown.Matching;

/// <summary>The PDQ hash of a picture.</summary>
/// <param name="Hash">The hash; zero for a picture with fewer than 5 pixels along a side.</param>
/// <param name="Quality">0 to 100: how much there is in the picture to tell it from others. Under 50 it is too plain to judge.</param>
public readonly record struct PdqResult(PdqHash Hash, int Quality);
