"""A shared cache that may be away for a while: the site then does without."""

import logging

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


class ForgivingRedisCache(RedisCache):
    """Redis of which nobody notices the absence, but in the log.

    What is read is not there, what is written is lost, and a count begins at nothing. The cache
    holds only what can be made again and the counts of the rate limits.
    """

    def _without(self, error: RedisError, answer):
        logger.warning("The shared cache does not answer: %s", error)
        return answer

    def add(self, *args, **kwargs):
        try:
            return super().add(*args, **kwargs)
        except RedisError as error:
            return self._without(error, True)

    def get(self, key, default=None, version=None):
        try:
            return super().get(key, default, version)
        except RedisError as error:
            return self._without(error, default)

    def set(self, *args, **kwargs):
        try:
            return super().set(*args, **kwargs)
        except RedisError as error:
            return self._without(error, None)

    def touch(self, *args, **kwargs):
        try:
            return super().touch(*args, **kwargs)
        except RedisError as error:
            return self._without(error, False)

    def delete(self, *args, **kwargs):
        try:
            return super().delete(*args, **kwargs)
        except RedisError as error:
            return self._without(error, False)

    def get_many(self, *args, **kwargs):
        try:
            return super().get_many(*args, **kwargs)
        except RedisError as error:
            return self._without(error, {})

    def set_many(self, data, *args, **kwargs):
        try:
            return super().set_many(data, *args, **kwargs)
        except RedisError as error:
            return self._without(error, list(data))

    def delete_many(self, *args, **kwargs):
        try:
            return super().delete_many(*args, **kwargs)
        except RedisError as error:
            return self._without(error, None)

    def has_key(self, *args, **kwargs):
        try:
            return super().has_key(*args, **kwargs)
        except RedisError as error:
            return self._without(error, False)

    def incr(self, key, delta=1, version=None):
        """Raises ValueError where there is no such count, as Django's caches do."""
        try:
            return super().incr(key, delta, version)
        except RedisError as error:
            raise ValueError(self._without(error, key)) from error

    def clear(self):
        try:
            return super().clear()
        except RedisError as error:
            return self._without(error, False)
