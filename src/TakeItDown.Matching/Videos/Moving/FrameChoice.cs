namespace TakeItDown.Matching.Videos.Moving;

/// <summary>
/// Which frames of a moving picture are looked at: every one, where that can be afforded, so that there is nothing to guess at. Else the first, the last
/// and those that are shown for longest, up to 64.
/// </summary>
internal sealed class FrameChoice
{
    /// <summary>The most frames that are chosen, where not every one can be looked at.</summary>
    public const int MaximumChosen = 64;

    /// <summary>The most of the time shown that may go unseen.</summary>
    public static readonly TimeSpan LongestUnseen = TimeSpan.FromSeconds(1);

    private const double LeastShare = 0.9;

    private readonly bool[] _looks;
    private readonly bool[] _decodes;

    private FrameChoice(MovingPicture picture, bool[] looks)
    {
        _looks = looks;
        _decodes = FindNeeded(picture, looks);
    }

    /// <summary>Whether so much is seen that finding nothing says something: 90 % of the time shown, and all but a second.</summary>
    public bool IsEnough { get; private init; } = true;

    /// <summary>Chooses.</summary>
    /// <param name="picture">What its container says.</param>
    /// <param name="limit">The most work, in nanoseconds of <see cref="FrameCost"/>.</param>
    /// <param name="allOrientations">Whether each frame is looked at in all eight orientations.</param>
    public static FrameChoice Of(MovingPicture picture, double limit, bool allOrientations = false)
    {
        var frames = picture.Frames;
        var looks = new bool[frames.Count];
        Array.Fill(looks, true);
        var all = new FrameChoice(picture, looks);
        if (all.Cost(picture, allOrientations) <= limit) return all;

        var byTime = Enumerable.Range(0, frames.Count).OrderByDescending(frame => frames[frame].Shown).ToArray();
        for (var most = Math.Min(MaximumChosen, frames.Count); most > 0; most /= 2)
        {
            looks = new bool[frames.Count];
            looks[0] = looks[^1] = true;
            var chosen = frames.Count == 1 ? 1 : 2;
            foreach (var frame in byTime)
            {
                if (chosen >= most) break;
                if (looks[frame]) continue;
                looks[frame] = true;
                chosen++;
            }
            var some = new FrameChoice(picture, looks) { IsEnough = CoversEnough(frames, looks) };
            if (some.Cost(picture, allOrientations) <= limit) return some;
        }
        return new FrameChoice(picture, new bool[frames.Count]) { IsEnough = false };
    }

    /// <summary>Whether a frame is looked at.</summary>
    public bool Looks(int frame) => _looks[frame];

    /// <summary>Whether a frame must be decoded: it is looked at, or it shows in one that is.</summary>
    public bool Decodes(int frame) => _decodes[frame];

    private double Cost(MovingPicture picture, bool allOrientations)
    {
        var (cost, hashing) = (0.0, FrameCost.Hashing(picture, allOrientations));
        for (var i = 0; i < _looks.Length; i++)
        {
            if (_decodes[i]) cost += FrameCost.Decoding(picture, picture.Frames[i]);
            if (_looks[i]) cost += hashing;
        }
        return cost;
    }

    private static bool CoversEnough(List<MovingFrame> frames, bool[] looks)
    {
        TimeSpan all = default, seen = default;
        for (var i = 0; i < looks.Length; i++)
        {
            all += frames[i].Shown;
            if (looks[i]) seen += frames[i].Shown;
        }
        return seen >= all * LeastShare && all - seen <= LongestUnseen;
    }

    /// <summary>Goes back from the last frame: whether what the canvas holds before a frame is seen later.</summary>
    private static bool[] FindNeeded(MovingPicture picture, bool[] looks)
    {
        var decodes = new bool[looks.Length];
        var isSeenLater = false;
        for (var i = looks.Length - 1; i >= 0; i--)
        {
            var frame = picture.Frames[i];
            var covers = frame.Covers(picture.Width, picture.Height);
            decodes[i] = looks[i] || (isSeenLater && frame.Disposal == FrameDisposal.Keep);
            var showsThrough = decodes[i] && (frame.IsBlended || !covers);
            var isLeft = isSeenLater && frame.Disposal switch
            {
                FrameDisposal.Restore => true,
                FrameDisposal.Clear => !covers,
                _ => false,
            };
            isSeenLater = showsThrough || isLeft;
        }
        return decodes;
    }
}
