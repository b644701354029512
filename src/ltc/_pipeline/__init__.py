"""Behind `ltc.pipeline`: stage models, an opportunity's life, its progress and its terms, the funnel and the forecast."""
