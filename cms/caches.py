"""A shared cache that may be away for a while: the site then does without."""

import logging
from functools import wraps

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


def without(answer):
    """Let a method of a cache give `answer` where the cache itself gives none."""

    def forgiving(method):
        @wraps(method)
        def call(self, *args, **kwargs):
            try:
                return method(self, *args, **kwargs)
            except RedisError as error:
                logger.warning("The shared cache does not answer: %s", error)
                return answer

        return call

    return forgiving


class ForgivingRedisCache(RedisCache):
    """Redis of which nobody notices the absence, but in the log.

    What is read is not there, what is written is lost, and a count begins at nothing. The cache
    holds only what can be made again and the counts of the rate limits.
    """

    add = without(True)(RedisCache.add)
    set = without(None)(RedisCache.set)
    touch = without(False)(RedisCache.touch)
    delete = without(False)(RedisCache.delete)
    get_many = without({})(RedisCache.get_many)
    set_many = without([])(RedisCache.set_many)
    delete_many = without(None)(RedisCache.delete_many)
    has_key = without(False)(RedisCache.has_key)
    clear = without(False)(RedisCache.clear)

    def get(self, key, default=None, version=None):
        return without(default)(RedisCache.get)(self, key, default, version)

    def incr(self, key, delta=1, version=None):
        """Raises ValueError where there is no such count, as Django's caches do."""
        count = without(None)(RedisCache.incr)(self, key, delta, version)
        if count is None:
            raise ValueError(key)
        return count
